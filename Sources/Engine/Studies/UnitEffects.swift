import Effects

/// Effects of some units, scaled and gross of arm costs, with pointwise standard errors where the learner has them.
package struct UnitEffects: Sendable {
    package let estimates: EffectEstimates
    package let standardErrors: EffectEstimates?

    package init(estimates: EffectEstimates, standardErrors: EffectEstimates?) {
        self.estimates = estimates
        self.standardErrors = standardErrors
    }

    /// Those of the units with these numbers, in this order.
    package func gathered(_ units: [Int]) -> UnitEffects {
        func gather(_ effects: EffectEstimates) -> EffectEstimates {
            EffectEstimates(
                armCount: effects.armCount, outcomeCount: effects.outcomeCount,
                columns: effects.columns.map { column in units.map { column[$0] } })
        }
        return UnitEffects(estimates: gather(estimates), standardErrors: standardErrors.map(gather))
    }
}
