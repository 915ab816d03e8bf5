/// A closed interval of real numbers, as a confidence interval is.
package struct Interval: Sendable, Equatable, Codable {
    package var low: Double
    package var high: Double

    package init(low: Double, high: Double) {
        self.low = low
        self.high = high
    }

    /// estimate ± critical · standard error.
    package init(estimate: Double, standardError: Double, critical: Double = Confidence.critical) {
        let reach = critical * standardError
        self.init(low: estimate - reach, high: estimate + reach)
    }

    package func contains(_ value: Double) -> Bool { low <= value && value <= high }

    /// Whether it lies on one side of 0.
    package var excludesZero: Bool { low > 0 || high < 0 }

    package func overlaps(_ other: Interval) -> Bool { low <= other.high && other.low <= high }
}
