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
        let floors = (
            control: SmallCell.pooled([inside.control, rest.control]),
            treated: SmallCell.pooled([inside.treated, rest.treated])
        )
        func spread(_ arm: ArmSums, floor: SmallCell.Spread?, isControl: Bool) -> SmallCell.Spread {
            let own = Self.meanSpread(arm, floor: floor, pooled: pooled)
            let factor = isControl ? terms.controlFactor * terms.controlFactor : 1
            return (
                terms.designEffect * factor * own.variance,
                min(own.freedom, terms.degreesOfFreedom(units: arm.count))
            )
        }
        var contrast: Contrast?
        if rest.control.count > 1, rest.treated.count > 1 {
            let difference =
                scale
                * (inside.treated.mean - inside.control.mean - (rest.treated.mean - rest.control.mean))
            let parts =
                [inside.control, rest.control].map { spread($0, floor: floors.control, isControl: true) }
                + [inside.treated, rest.treated].map { spread($0, floor: floors.treated, isControl: false) }
            let error = scale * parts.reduce(0) { $0 + $1.variance }.squareRoot()
            contrast = Contrast(
                difference: difference, standardError: error, p: Self.p(difference, error, parts))
        }
        let units = inside.control.count + inside.treated.count
        self.init(
            units: Int(units), share: units / max(1, total.control.count + total.treated.count), effect: own,
            p: Self.p(
                own.effect, own.standardError,
                [
                    spread(inside.control, floor: nil, isControl: true),
                    spread(inside.treated, floor: nil, isControl: false),
                ]),
            againstRest: contrast)
    }

    /// The variance of an arm's mean: what the arm shows, at least `floor` where units are few, and `pooled` where neither
    /// shows any.
    private static func meanSpread(_ arm: ArmSums, floor: SmallCell.Spread?, pooled: Double) -> SmallCell.Spread {
        let factor = arm.weight > 0 ? arm.squaredWeight / (arm.weight * arm.weight) : 1
        let own = (variance: arm.meanVariance, freedom: max(1, arm.count - 1))
        let spread = floor.map { SmallCell.variance(own, count: arm.count, atLeast: $0, times: factor) } ?? own
        return spread.variance > 0 ? spread : (pooled * factor, own.freedom)
    }

    /// Two-sided, by Student's t with Satterthwaite's degrees of freedom.
    private static func p(_ effect: Double, _ error: Double, _ parts: [SmallCell.Spread]) -> Double {
        guard error > 0 else { return effect == 0 ? 1 : 0 }
        let sum = parts.reduce(0) { $0 + $1.variance }
        let squares = parts.reduce(0) { $0 + $1.variance * $1.variance / $1.freedom }
        return 2
            * StudentT.cumulative(-abs(effect) / error, degreesOfFreedom: squares > 0 ? max(1, sum * sum / squares) : 1)
    }
}
