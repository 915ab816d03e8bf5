import Statistics

/// An estimate with its own 95% interval and the wider one that holds together with those of its family.
package struct SimultaneousEstimate: Sendable, Equatable, Codable {
    package let value: Double
    package let standardError: Double
    /// Pointwise.
    package let low: Double
    package let high: Double
    /// Jointly with the others of the family (max-t).
    package let simultaneousLow: Double
    package let simultaneousHigh: Double

    package init(value: Double, standardError: Double, family: SimultaneousIntervals) {
        let own = Interval(estimate: value, standardError: standardError)
        let joint = Interval(estimate: value, standardError: standardError, critical: family.critical)
        self.value = value
        self.standardError = standardError
        low = own.low
        high = own.high
        simultaneousLow = joint.low
        simultaneousHigh = joint.high
    }
}
