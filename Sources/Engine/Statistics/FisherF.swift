/// The F distribution.
package enum FisherF {
    /// P(F > f): the p-value of an F statistic.
    package static func survival(_ f: Double, numerator: Double, denominator: Double) -> Double {
        guard f > 0, numerator > 0, denominator > 0 else { return 1 }
        return Incomplete.beta(denominator / (denominator + numerator * f), denominator / 2, numerator / 2)
    }
}
