/// What stands below the outcomes on the Policy screen; where there is room, the curves stand above the others.
package enum PolicyPane: String, Sendable, Codable, CaseIterable {
    /// Every outcome along the focused knob.
    case curves
    /// Cohort by cohort: who gets what, and why.
    case cohorts
    /// The pinned policies side by side.
    case pins
}
