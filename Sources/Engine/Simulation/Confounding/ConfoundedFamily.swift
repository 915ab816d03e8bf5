import Foundation
import Ranking
import Statistics

/// Experiments that were not randomised, with a confounder that nobody measured: the base family of rankers (`RankingFamily`), but
/// P(W = 1) = logistic(x3 / 2 + strength U) and strength U (1 + x5) / 2 on top of the value, U ~ N(0, 1). The confounder makes the
/// treated look good, most where x5 is high, a covariate that no effect depends on; cost knows nothing of it.
package struct ConfoundedFamily: Sendable, Equatable {
    /// 0 leaves a confounder that was measured, x3, and that the propensities take care of.
    package let strength: Double

    package init(strength: Double) { self.strength = strength }

    package struct Units: Sendable {
        package let observed: RankingFamily.Units
        package let confounder: [Double]
    }

    package func draw(units: Int, from stream: inout RandomStream) -> Units {
        let base = RankingFamily.base.draw(units: units, from: &stream)
        var treated: [Bool] = []
        var (value, cost) = (base.value, base.cost)
        var confounder: [Double] = []
        for unit in 0..<units {
            let u = stream.normal()
            let logit = base.features[unit, 3] / 2 + strength * u
            let arm = stream.bernoulli(1 / (1 + exp(-logit)))
            // The base family's coin is taken back, and the arm that was chosen put in its place.
            let change = (arm ? 1.0 : 0) - (base.treated[unit] ? 1 : 0)
            value[unit] += change * base.valueEffects[unit] + strength * u * (1 + base.features[unit, 5]) / 2
            cost[unit] += change * base.costEffects[unit]
            treated.append(arm)
            confounder.append(u)
        }
        return Units(
            observed: RankingFamily.Units(
                features: base.features, treated: treated, value: value, cost: cost, valueEffects: base.valueEffects,
                costEffects: base.costEffects), confounder: confounder)
    }
}
