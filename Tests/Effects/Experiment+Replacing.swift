import Experiments

extension Experiment {
    /// The same experiment with parts exchanged: the first outcome's column, covariates, assignment, supplied effects.
    func replacing(
        outcome column: ScaledColumn? = nil, covariates replaced: [Covariate]? = nil, assignment arms: [UInt8]? = nil,
        learner: LearnerSpec? = nil, supplied: [ScaledColumn]? = nil
    ) -> Experiment {
        var spec = spec
        if let learner { spec.effects.learner = learner }
        let outcomes = outcomes.enumerated().map { index, outcome in
            Outcome(
                name: outcome.name, direction: outcome.direction, threshold: outcome.threshold,
                armCosts: outcome.armCosts, observed: index == 0 ? column ?? outcome.observed : outcome.observed)
        }
        return Experiment(
            spec: spec, arms: self.arms, outcomes: outcomes, covariates: replaced ?? covariates, units: units,
            assignment: arms ?? assignment, propensity: propensity, splitRule: splitRule, tuneCount: tuneCount,
            suppliedEffects: supplied ?? suppliedEffects, dataDigest: dataDigest, droppedCount: droppedCount)
    }
}
