import Statistics

/// What a forest says of some units, in the order they were asked for: tau in the outcome's scaled unit and gross of arm
/// costs, and its variance.
package struct ForestPrediction: Sendable, Equatable {
    package let effects: [Float]
    /// By little bags; empty where they were not asked for.
    package let variances: [Float]

    package init(effects: [Float], variances: [Float]) {
        self.effects = effects
        self.variances = variances
    }

    /// The normal interval of one unit.
    package func interval(_ index: Int, level: Double = Confidence.level) -> Interval {
        Interval(
            estimate: Double(effects[index]), standardError: Double(variances[index]).squareRoot(),
            critical: Confidence.critical(atLevel: level))
    }
}
