/// A value with its standard error and its 95% interval; both are missing where the estimator has none (direct method).
package struct Estimate: Sendable, Equatable, Codable {
    package let value: Double
    package let standardError: Double?
    package let low: Double?
    package let high: Double?

    /// The interval by a critical value, the normal quantile unless another is given.
    package init(value: Double, standardError: Double?, critical: Double = Confidence.critical) {
        self.value = value
        self.standardError = standardError
        let interval = standardError.map { Interval(estimate: value, standardError: $0, critical: critical) }
        low = interval?.low
        high = interval?.high
    }

    /// An interval that was found otherwise, as by a t quantile.
    package init(value: Double, standardError: Double?, low: Double?, high: Double?) {
        self.value = value
        self.standardError = standardError
        self.low = low
        self.high = high
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(value, forKey: .value)
        try container.encode(standardError, forKey: .standardError)
        try container.encode(low, forKey: .low)
        try container.encode(high, forKey: .high)
    }

    package var interval: Interval? {
        guard let low, let high else { return nil }
        return Interval(low: low, high: high)
    }

    /// Half the width of the interval as it is printed; nil where there is none.
    package func halfWidth(level: Double = Confidence.level) -> Double? {
        standardError.map { Confidence.halfWidth(of: $0, level: level) }
    }

    /// Whether the interval lies on one side of 0; what has none excludes nothing.
    package var excludesZero: Bool { interval?.excludesZero ?? false }

    /// Whether the intervals of two estimates meet; those that have none meet nothing.
    package func overlaps(_ other: Estimate) -> Bool {
        guard let interval, let theirs = other.interval else { return false }
        return interval.overlaps(theirs)
    }

    /// The estimate in units of a number that is taken as known.
    package func divided(by unit: Double) -> Estimate {
        Estimate(
            value: value / unit, standardError: standardError.map { $0 / unit }, low: low.map { $0 / unit },
            high: high.map { $0 / unit })
    }
}
