import Experiments
import Foundation
import Statistics

/// How strong an unmeasured confounder would have to be to explain an effect away, where the arms were not randomised.
package struct ConfoundingSensitivity: Sendable, Equatable, Codable {
    /// Index into the experiment's arms, at least 1.
    package let arm: Int
    /// Index into the experiment's outcomes.
    package let outcome: Int
    /// The E-value of the estimate (VanderWeele & Ding 2017): the risk ratio by which a confounder would have to be tied to
    /// both the arm and the outcome; 1 is no strength at all.
    package let eValue: Double
    /// The E-value of the interval's end nearer to no effect; 1 where the interval holds no effect.
    package let eValueOfLimit: Double
    /// The robustness value (Cinelli & Hazlett 2020): the share of the residual variance of both the arm and the outcome that a
    /// confounder would have to explain to bring the estimate to 0.
    package let robustness: Double
    /// The same to bring the estimate within its 95% interval of 0.
    package let robustnessOfLimit: Double

    package init(
        arm: Int, outcome: Int, eValue: Double, eValueOfLimit: Double, robustness: Double, robustnessOfLimit: Double
    ) {
        self.arm = arm
        self.outcome = outcome
        self.eValue = eValue
        self.eValueOfLimit = eValueOfLimit
        self.robustness = robustness
        self.robustnessOfLimit = robustnessOfLimit
    }

    /// The E-value of a risk ratio: RR + sqrt(RR (RR - 1)), with 1/RR below 1.
    package static func eValue(riskRatio: Double) -> Double {
        guard riskRatio > 0, riskRatio.isFinite else { return 1 }
        let ratio = max(riskRatio, 1 / riskRatio)
        return ratio + (ratio * (ratio - 1)).squareRoot()
    }

    /// The robustness value from a t statistic: Cinelli & Hazlett 2020, eq. 20, and with a level their section 4.3.
    /// - Parameter level: of the test that the confounder would have to bring to its edge; nil brings the estimate to 0.
    package static func robustness(t: Double, degreesOfFreedom: Double, level: Double? = nil) -> Double {
        guard t.isFinite, degreesOfFreedom > 1 else { return 0 }
        let strength = abs(t) / degreesOfFreedom.squareRoot()
        var critical = 0.0
        if let level {
            critical =
                StudentT.quantile(1 - level / 2, degreesOfFreedom: degreesOfFreedom - 1)
                / (degreesOfFreedom - 1).squareRoot()
        }
        let rest = strength - critical
        guard rest > 0 else { return 0 }
        // Beyond this the confounder that matters most is tied to the arm alone.
        if critical > 0, strength > 1 / critical {
            return (strength * strength - critical * critical) / (1 + strength * strength)
        }
        let square = rest * rest
        return ((square * square + 4 * square).squareRoot() - square) / 2
    }

    /// Of every effect, in the order given: the regression-adjusted one where there is one, else the plain one.
    package static func estimate(
        _ averages: [AverageEffect], adjusted: [AdjustedEffect], _ experiment: Experiment
    ) -> [ConfoundingSensitivity] {
        averages.map { average in
            let best = adjusted.first {
                $0.arm == average.arm && $0.outcome == average.outcome && $0.method == .regression
            }
            return ConfoundingSensitivity(
                average, difference: best?.difference ?? average.difference, experiment.outcomes[average.outcome])
        }
    }

    private init(_ average: AverageEffect, difference: MeanDifference, _ outcome: Outcome) {
        let error = difference.standardError
        let freedom = Double(average.controlCount + average.armCount - 2)
        let t = error > 0 ? difference.effect / error : 0
        // Risk ratios of a 0/1 outcome; exp(0.91 d) for any other (VanderWeele & Ding 2017, table 2).
        func ratio(_ effect: Double) -> Double {
            let values = outcome.observed
            let isRisk = values.values.allSatisfy {
                let value = values.centre + values.scale * Double($0)
                return abs(value) < 1e-6 || abs(value - 1) < 1e-6
            }
            // A risk taken away altogether has no finite ratio; a ten-thousandth is as good as none.
            if isRisk, average.controlMean > 0 {
                return max(1e-4, (average.controlMean + effect) / average.controlMean)
            }
            return values.scale > 0 ? exp(0.91 * effect / values.scale) : 1
        }
        let nearer = difference.effect > 0 ? max(0, difference.low) : min(0, difference.high)
        self.init(
            arm: average.arm, outcome: average.outcome, eValue: Self.eValue(riskRatio: ratio(difference.effect)),
            eValueOfLimit: nearer == 0 ? 1 : Self.eValue(riskRatio: ratio(nearer)),
            robustness: Self.robustness(t: t, degreesOfFreedom: freedom),
            robustnessOfLimit: Self.robustness(t: t, degreesOfFreedom: freedom, level: 0.05))
    }
}
