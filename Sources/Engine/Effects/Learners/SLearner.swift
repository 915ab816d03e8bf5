import Experiments
import Runtime

/// The S-learner: one outcome model of all arms on covariates and arm; tau is what the arm changes in its prediction.
package struct SLearner: SearchableLearner {
    private let settings: BoostingSpec?

    package init(_ settings: BoostingSpec? = nil) { self.settings = settings }

    package var capabilities: LearnerCapabilities { LearnerCapabilities() }
    package var searchSpace: BoostingSpace { BoostingSpace(part: .outcomeModels, isForest: false) }

    package func setting(_ boosting: BoostingSpec) -> SLearner { SLearner(boosting) }

    package func effects(_ data: TrainingData, nuisances: Nuisances, context: RunContext) throws -> LearnedEffects {
        try LearnedEffects(models(data, context: context), data: data, context: context)
    }

    private func models(_ data: TrainingData, context: RunContext) throws -> FoldModels {
        let (arms, outcomes) = (data.armCount, data.outcomeCount)
        let encoding = FeatureEncoding(covariates: data.covariates, counting: data.training)
        let finished = Counter()
        let folds = data.predictedFolds
        let total = folds.count * outcomes
        let models = try context.workers.map(total) { index -> [BoostedModel] in
            let rows = data.training(outside: folds[index / outcomes])
            let own = BoostingSettings.standard(trainingUnits: rows.count).overridden(by: settings)
            let observed = data.outcomes[index % outcomes].values
            let set = TrainingSet(
                features: Self.withArms(encoding.matrix(data.columns, rows: rows), rows, data),
                width: encoding.width + arms - 1, labels: rows.map { observed[$0] },
                categories: encoding.categories)
            let model = try BoostedModel.train(
                set, held: own.patience > 0 ? EarlyStopping.held(rows, of: data) : nil, settings: own,
                cancellation: context.cancellation)
            context.report(Progress(phase: "fitting one model", done: finished.next(), total: total))
            return try (0..<arms).map { arm in
                try model.resolving(from: encoding.width, values: (1..<arms).map { $0 == arm ? 1 : 0 })
            }
        }
        return FoldModels(
            data, encoding: encoding,
            models: data.placed(
                (0..<folds.count * arms * outcomes).map { cell in
                    let (place, arm, outcome) = (cell / (arms * outcomes), cell / outcomes % arms, cell % outcomes)
                    return models[place * outcomes + outcome][arm]
                }, perFold: arms * outcomes, elsewhere: BoostedModel(base: 0, trees: [])))
    }

    /// The features followed by an indicator of each arm but control.
    private static func withArms(_ features: [Float], _ rows: [Int], _ data: TrainingData) -> [Float] {
        let indicators = data.armCount - 1
        let width = rows.isEmpty ? 0 : features.count / rows.count
        var result: [Float] = []
        result.reserveCapacity(features.count + rows.count * indicators)
        for (row, unit) in rows.enumerated() {
            result.append(contentsOf: features[row * width..<(row + 1) * width])
            for arm in 0..<indicators { result.append(Int(data.assignment[unit]) == arm + 1 ? 1 : 0) }
        }
        return result
    }
}
