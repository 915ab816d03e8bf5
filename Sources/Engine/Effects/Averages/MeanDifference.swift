import Experiments
import Statistics

/// The difference of two arms' means with Welch's standard error and t interval, in any unit.
package struct MeanDifference: Sendable, Equatable, Codable {
    package let effect: Double
    package let standardError: Double
    /// The 95% interval by the t quantile.
    package let low: Double
    package let high: Double

    package init(effect: Double, standardError: Double, low: Double, high: Double) {
        self.effect = effect
        self.standardError = standardError
        self.low = low
        self.high = high
    }

    package var estimate: Estimate {
        Estimate(value: effect, standardError: standardError, low: low, high: high)
    }
    package var excludesZero: Bool { estimate.excludesZero }

    /// - Parameters:
    ///   - scale: multiplies the difference: the outcome's `ScaledColumn.scale`.
    ///   - pooledVariance: stands in for the variance of an arm that shows none (METHODS section 1: half of 20-unit
    ///     leaves at a 3% rate). An arm without units counts as one unit with no difference from the other arm.
    ///   - terms: what else enters the error.
    ///   - level: of the interval.
    package init(
        treated: ArmSums, control: ArmSums, scale: Double, pooledVariance: Double, terms: ErrorTerms = .plain,
        level: Double = Confidence.level
    ) {
        func variance(_ arm: ArmSums) -> Double {
            let own = arm.meanVariance
            return own > 0 ? own : arm.meanVariance(unitVariance: pooledVariance)
        }
        let effect = treated.count > 0 && control.count > 0 ? scale * (treated.mean - control.mean) : 0
        let v1 = terms.designEffect * variance(treated)
        let v0 = terms.designEffect * terms.controlFactor * terms.controlFactor * variance(control)
        let error = (scale * scale * (v1 + v0) + terms.indexVariance(effect)).squareRoot()
        let denominator =
            v1 * v1 / terms.degreesOfFreedom(units: treated.count)
            + v0 * v0 / terms.degreesOfFreedom(units: control.count)
        let freedom = denominator > 0 ? (v1 + v0) * (v1 + v0) / denominator : .infinity
        let reach = error > 0 ? Self.reach(level: level, degreesOfFreedom: freedom) * error : 0
        self.init(effect: effect, standardError: error, low: effect - reach, high: effect + reach)
    }

    private static func reach(level: Double, degreesOfFreedom: Double) -> Double {
        StudentT.quantile(0.5 + level / 2, degreesOfFreedom: max(1, degreesOfFreedom))
    }

    /// The same difference moved by a constant: subtracting `armCost - controlCost` makes a gross effect net.
    package func shifted(by amount: Double) -> MeanDifference {
        MeanDifference(effect: effect + amount, standardError: standardError, low: low + amount, high: high + amount)
    }
}
