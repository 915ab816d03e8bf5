import Effects
import Experiments
import Foundation
import Statistics

/// The effect of one arm on one outcome in a subgroup, and how it differs from the effect on all other units.
package struct SubgroupEstimate: Sendable, Equatable, Codable {
    /// Units of the arm and of control.
    package let units: Int
    /// Of all units of the pair.
    package let share: Double
    /// Net of arm costs, in the outcome's own unit.
    package let effect: MeanDifference
    /// Of no effect, two-sided.
    package let p: Double
    /// The effect less that on the other units; nil where there are too few of either.
    package let againstRest: Contrast?

    package struct Contrast: Sendable, Equatable, Codable {
        package let difference: Double
        package let standardError: Double
        /// Of no difference, two-sided.
        package let p: Double

        package init(difference: Double, standardError: Double, p: Double) {
            self.difference = difference
            self.standardError = standardError
            self.p = p
        }
    }

    package init(units: Int, share: Double, effect: MeanDifference, p: Double, againstRest: Contrast?) {
        self.units = units
        self.share = share
        self.effect = effect
        self.p = p
        self.againstRest = againstRest
    }

    /// - Parameters:
    ///   - inside: control and treated sums of the subgroup, scaled and gross.
    ///   - total: of all units of the pair.
    /// - Returns: nil where either arm has fewer than two units in the subgroup.
    init?(
        inside: (control: ArmSums, treated: ArmSums), total: (control: ArmSums, treated: ArmSums), outcome: Outcome,
        arm: Int
    ) {
        guard inside.control.count > 1, inside.treated.count > 1 else { return nil }
        let pooled = max(total.control.variance, total.treated.variance)
        let scale = outcome.observed.scale
        let terms = outcome.outline.errorTerms(ofArm: arm)
        let own = MeanDifference(
            treated: inside.treated, control: inside.control, scale: scale, pooledVariance: pooled,
            terms: terms
        ).shifted(by: -outcome.addedCost(ofArm: arm))
        let rest = (control: total.control - inside.control, treated: total.treated - inside.treated)
        var contrast: Contrast?
        if rest.control.count > 1, rest.treated.count > 1 {
            let other = MeanDifference(
                treated: rest.treated, control: rest.control, scale: scale, pooledVariance: pooled,
                terms: terms
            ).shifted(by: -outcome.addedCost(ofArm: arm))
            let error = (own.standardError * own.standardError + other.standardError * other.standardError).squareRoot()
            let fewest = [inside.control, inside.treated, rest.control, rest.treated].map(\.count).min() ?? 1
            contrast = Contrast(
                difference: own.effect - other.effect, standardError: error,
                p: Self.p(own.effect - other.effect, error, degreesOfFreedom: terms.degreesOfFreedom(units: fewest)))
        }
        let units = inside.control.count + inside.treated.count
        self.init(
            units: Int(units), share: units / max(1, total.control.count + total.treated.count), effect: own,
            p: Self.p(
                own.effect, own.standardError,
                degreesOfFreedom: terms.degreesOfFreedom(units: min(inside.control.count, inside.treated.count))),
            againstRest: contrast)
    }

    /// Two-sided, by Student's t with the degrees of freedom of the smallest arm: a little too large rather than too small.
    private static func p(_ effect: Double, _ error: Double, degreesOfFreedom: Double) -> Double {
        guard error > 0 else { return effect == 0 ? 1 : 0 }
        return 2 * StudentT.cumulative(-abs(effect) / error, degreesOfFreedom: max(1, degreesOfFreedom))
    }
}
