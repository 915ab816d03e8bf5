import Experiments
import Runtime

/// The T-learner (S0 "two-model approach"; S1: boosted trees "work well"): one outcome model per arm, tau their difference,
/// fitted by fold.
package enum TLearner {
    /// Fits all K x arms x outcomes models on tune units outside each fold.
    /// - Parameter settings: nil takes the default for the number of training units.
    /// - Throws: `CancellationError`, `EspalierError` (.internal).
    package static func fit(
        _ experiment: Experiment, settings: (@Sendable (Int) -> BoostingSettings)? = nil, context: RunContext
    ) throws -> FoldModels {
        let foldCount = experiment.splitRule.foldCount
        let folds = experiment.splitRule.folds(experiment.units.keys)
        let encoding = FeatureEncoding(covariates: experiment.covariates, counting: experiment.tune)
        let training = ArmTraining(experiment, encoding: encoding, settings: settings)
        let models = try training.models(foldCount, phase: "fitting outcome models", context: context) { fold, unit in
            Int(folds[unit]) != fold
        }
        return FoldModels(
            foldCount: foldCount, armCount: experiment.arms.count, outcomeCount: experiment.outcomes.count,
            encoding: encoding, models: models)
    }
}
