import Experiments
import Statistics

/// The T-learner (S0 "two-model approach"; S1: boosted trees "work well"): one outcome model per arm, tau their difference,
/// fitted by fold.
package enum TwoModelLearner {
    /// Fits all K x arms x outcomes models on tune units outside each fold.
    /// - Throws: `CancellationError`, `EspalierError` (.internal).
    package static func fit(
        _ experiment: Experiment, settings: BoostingSettings? = nil, conduct: Conduct
    ) throws -> FoldModels {
        let arms = experiment.arms.count
        let outcomes = experiment.outcomes.count
        let foldCount = experiment.splitRule.foldCount
        let folds = experiment.splitRule.folds(experiment.units.keys)
        let encoding = FeatureEncoding(covariates: experiment.covariates, counting: experiment.tune)
        let columns = experiment.covariates.map(\.values)
        let finished = Counter()
        let total = foldCount * arms
        // One feature matrix per (fold, arm) serves all its outcomes.
        let models = try conduct.workers.map(total) { index -> [BoostedModel] in
            let fold = index / arms
            let arm = UInt8(index % arms)
            let rows = experiment.tune.filter { experiment.assignment[$0] == arm && Int(folds[$0]) != fold }
            let features = encoding.matrix(columns, rows: rows)
            let fitted = try experiment.outcomes.map { outcome in
                try BoostedModel.train(
                    features: features, width: encoding.width, labels: rows.map { outcome.observed.values[$0] },
                    settings: settings ?? .standard(trainingUnits: rows.count), cancellation: conduct.cancellation)
            }
            conduct.report(
                Progress(
                    phase: "fitting outcome models", done: finished.next() * outcomes, total: total * outcomes))
            return fitted
        }
        return FoldModels(
            foldCount: foldCount, armCount: arms, outcomeCount: outcomes, encoding: encoding,
            models: models.flatMap { $0 })
    }
}
