/// What stands below the learners on the Models screen.
package enum ModelsPane: String, Sendable, Codable, CaseIterable {
    /// The focused learner's uplift curve and further figures.
    case curve
    /// The effect's linear projection on the covariates, with intervals.
    case projection
    /// What the learners that give intervals to units say of them.
    case intervals
    /// The settings of the study's learner that were tried.
    case settings
}
