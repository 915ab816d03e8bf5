import Experiments
import Runtime

/// A learner that models the effects of one arm against control outside one fold, arm by arm and fold by fold.
protocol ContrastLearner: Learner {
    /// One model of the effect per outcome.
    /// - Throws: `CancellationError`, `EspalierError` (.internal).
    func models(_ training: ContrastTraining) throws -> [EffectModel]
}

extension ContrastLearner {
    package func effects(_ data: TrainingData, nuisances: Nuisances, context: RunContext) throws -> LearnedEffects {
        try LearnedEffects(
            ContrastModels.fit(data, nuisances: nuisances, context: context, models), data: data, context: context)
    }
}

extension ContrastModels {
    /// Fits every fold that is to be predicted, and every arm. Where an arm or control has too few units to grow on, the effect
    /// is the difference of means, the same for everybody.
    /// - Parameter models: one model of the effect per outcome.
    /// - Throws: `CancellationError`, and what `models` throws.
    static func fit(
        _ data: TrainingData, nuisances: Nuisances, context: RunContext,
        _ models: @Sendable (ContrastTraining) throws -> [EffectModel]
    ) throws -> ContrastModels {
        let treatedArms = data.armCount - 1
        let folds = data.predictedFolds
        let total = folds.count * treatedArms
        let finished = Counter()
        let fitted = try context.workers.map(total) { index -> [EffectModel] in
            let training = ContrastTraining(
                data, nuisances: nuisances, fold: folds[index / treatedArms], arm: index % treatedArms + 1,
                cancellation: context.cancellation)
            let own = training.isLargeEnough ? try models(training) : training.meanDifferences()
            context.report(Progress(phase: "fitting effects", done: finished.next(), total: total))
            return own
        }
        return ContrastModels(
            foldCount: data.foldCount, armCount: data.armCount, outcomeCount: data.outcomeCount,
            encoding: nuisances.models.encoding,
            models: data.placed(
                fitted.flatMap { $0 }, perFold: treatedArms * data.outcomeCount, elsewhere: .constant(0)))
    }
}
