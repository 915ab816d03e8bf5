import Statistics

/// A figure by which a learner is validated, with its standard error.
package struct Measure: Sendable, Equatable, Codable {
    package let value: Double
    package let standardError: Double

    package init(value: Double, standardError: Double) {
        self.value = value
        self.standardError = standardError
    }

    /// The 95% interval.
    package var interval: Interval { Interval(estimate: value, standardError: standardError) }
    /// Half its width as it is printed.
    package var halfWidth: Double { Confidence.halfWidth(of: standardError) }

    func scaled(by factor: Double) -> Measure {
        Measure(value: value * factor, standardError: standardError * abs(factor))
    }
}
