import Experiments

extension Experiment {
    /// The same experiment with one of its outcomes alone.
    func keeping(outcome name: String) -> Experiment {
        Experiment(
            spec: spec, arms: arms, outcomes: outcomes.filter { $0.name == name }, covariates: covariates, units: units,
            assignment: assignment, propensity: propensity, splitRule: splitRule, tuneCount: tuneCount,
            suppliedEffects: [], dataDigest: dataDigest, droppedCount: droppedCount)
    }
}
