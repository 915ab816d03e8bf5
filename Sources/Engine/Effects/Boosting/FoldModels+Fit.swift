import Experiments
import Runtime

extension FoldModels {
    /// Boosted models of every outcome in every arm, on training units outside each fold that is to be predicted.
    /// - Parameters:
    ///   - settings: by the number of training units.
    ///   - most: training units of an arm outside a fold.
    /// - Throws: `CancellationError`, `EspalierError` (.internal).
    static func boosted(
        _ data: TrainingData, settings: @escaping @Sendable (Int) -> BoostingSettings, atMost most: Int = .max,
        context: RunContext
    ) throws -> FoldModels {
        let encoding = FeatureEncoding(covariates: data.covariates, counting: data.training)
        let (folds, predicted) = (data.folds, data.predictedFolds)
        let models = try ArmTraining(data, encoding: encoding, settings: settings).models(
            predicted.count, atMost: most, phase: "fitting outcome models", context: context
        ) { part, unit in Int(folds[unit]) != predicted[part] }
        return FoldModels(
            data, encoding: encoding,
            models: data.placed(
                models, perFold: data.armCount * data.outcomeCount, elsewhere: BoostedModel(base: 0, trees: [])))
    }

    /// The mean of each arm over training units outside the fold, weighted by 1/e where propensities vary. An arm without
    /// such units counts as the outcome's centre, 0.
    static func armMeans(_ data: TrainingData) -> FoldModels {
        let (arms, foldCount) = (data.armCount, data.foldCount)
        let weights = data.propensity.observedByUnit(data.assignment)?.map { 1 / Double($0) }
        let sums = data.outcomes.map { outcome in
            var sums = [(weight: Double, value: Double)](repeating: (0, 0), count: arms * foldCount)
            for unit in data.training {
                let cell = Int(data.assignment[unit]) * foldCount + Int(data.folds[unit])
                let weight = weights?[unit] ?? 1
                sums[cell].weight += weight
                sums[cell].value += weight * Double(outcome.values[unit])
            }
            return sums
        }
        let models = (0..<foldCount * arms * data.outcomeCount).map { cell -> BoostedModel in
            let (fold, arm) = (cell / (arms * data.outcomeCount), cell / data.outcomeCount % arms)
            let own = sums[cell % data.outcomeCount]
            let others = (0..<foldCount).filter { $0 != fold }.map { own[arm * foldCount + $0] }
            let weight = others.reduce(0) { $0 + $1.weight }
            return BoostedModel(
                base: weight > 0 ? Float(others.reduce(0) { $0 + $1.value } / weight) : 0, trees: [])
        }
        return FoldModels(
            data, encoding: FeatureEncoding(covariates: data.covariates, counting: data.training), models: models)
    }

    init(_ data: TrainingData, encoding: FeatureEncoding, models: [BoostedModel]) {
        self.init(
            foldCount: data.foldCount, armCount: data.armCount, outcomeCount: data.outcomeCount, encoding: encoding,
            models: models)
    }
}
