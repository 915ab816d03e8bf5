/// A closed interval of real numbers, as a confidence interval is.
package struct Interval: Sendable, Equatable, Codable {
    package var low: Double
    package var high: Double

    package init(low: Double, high: Double) {
        self.low = low
        self.high = high
    }

    /// estimate ± z(level) · standard error.
    package init(estimate: Double, standardError: Double, level: Double = 0.95) {
        let reach = Normal.quantile(0.5 + level / 2) * standardError
        self.init(low: estimate - reach, high: estimate + reach)
    }

    package func contains(_ value: Double) -> Bool { low <= value && value <= high }
}
