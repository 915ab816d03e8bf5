import Experiments
import Runtime

/// The S-learner: one outcome model of all arms on covariates and arm; tau is what the arm changes in its prediction.
enum SLearner {
    /// - Throws: `CancellationError`, `EspalierError` (.internal).
    static func fit(
        _ experiment: Experiment, settings: @Sendable (Int) -> BoostingSettings, context: RunContext
    ) throws -> FoldModels {
        let arms = experiment.arms.count
        let outcomes = experiment.outcomes.count
        let foldCount = experiment.splitRule.foldCount
        let folds = experiment.splitRule.folds(experiment.units.keys)
        let encoding = FeatureEncoding(covariates: experiment.covariates, counting: experiment.tune)
        let columns = experiment.covariates.map(\.values)
        let finished = Counter()
        let models = try context.workers.map(foldCount * outcomes) { index -> [BoostedModel] in
            let (fold, outcome) = (index / outcomes, index % outcomes)
            let rows = experiment.tune.filter { Int(folds[$0]) != fold }
            let own = settings(rows.count)
            let observed = experiment.outcomes[outcome].observed.values
            let set = TrainingSet(
                features: withArms(encoding.matrix(columns, rows: rows), rows, experiment),
                width: encoding.width + arms - 1, labels: rows.map { observed[$0] })
            let model = try BoostedModel.train(
                set, held: own.patience > 0 ? EarlyStopping.held(rows, of: experiment) : nil, settings: own,
                cancellation: context.cancellation)
            context.report(
                Progress(phase: "fitting one model", done: finished.next(), total: foldCount * outcomes))
            return try (0..<arms).map { arm in
                try model.resolving(from: encoding.width, values: (1..<arms).map { $0 == arm ? 1 : 0 })
            }
        }
        return FoldModels(
            foldCount: foldCount, armCount: arms, outcomeCount: outcomes, encoding: encoding,
            models: (0..<foldCount * arms * outcomes).map { cell in
                let (fold, arm, outcome) = (cell / (arms * outcomes), cell / outcomes % arms, cell % outcomes)
                return models[fold * outcomes + outcome][arm]
            })
    }

    /// The features followed by an indicator of each arm but control.
    private static func withArms(_ features: [Float], _ rows: [Int], _ experiment: Experiment) -> [Float] {
        let indicators = experiment.arms.count - 1
        let width = rows.isEmpty ? 0 : features.count / rows.count
        var result: [Float] = []
        result.reserveCapacity(features.count + rows.count * indicators)
        for (row, unit) in rows.enumerated() {
            result.append(contentsOf: features[row * width..<(row + 1) * width])
            for arm in 0..<indicators { result.append(Int(experiment.assignment[unit]) == arm + 1 ? 1 : 0) }
        }
        return result
    }
}
