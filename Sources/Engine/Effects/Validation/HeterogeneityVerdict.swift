/// Whether effects of one arm on one outcome differ from unit to unit beyond chance.
package struct HeterogeneityVerdict: Sendable, Equatable, Codable {
    package let arm: String
    package let outcome: String
    package let isDetected: Bool
    /// The learner whose test is strongest.
    package let learner: String
    /// Its statistic; nil where no learner separates units.
    package let statistic: Double?
    /// Its p after Holm over all learners, arms and outcomes.
    package let adjustedP: Double

    /// The verdict in words.
    package var sentence: String {
        isDetected
            ? "the effect of \(arm) on \(outcome) differs between units"
            : "no detectable heterogeneity of \(arm) on \(outcome)"
    }
}
