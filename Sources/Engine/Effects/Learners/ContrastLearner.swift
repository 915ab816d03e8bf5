import Experiments
import Runtime

/// A learner that models the effect of one arm against control outside one fold.
protocol ContrastLearner: Sendable {
    /// One model of the effect per outcome.
    /// - Throws: `CancellationError`, `EspalierError` (.internal).
    func models(_ training: ContrastTraining) throws -> [EffectModel]
}

extension ContrastLearner {
    /// Fits every fold and arm. Where an arm or control has too few units to grow on, the effect is the difference of
    /// means, the same for everybody.
    func fit(_ experiment: Experiment, nuisances: Nuisances, context: RunContext) throws -> ContrastModels {
        let arms = experiment.arms.count
        let foldCount = experiment.splitRule.foldCount
        let total = foldCount * (arms - 1)
        let finished = Counter()
        let models = try context.workers.map(total) { index -> [EffectModel] in
            let training = ContrastTraining(
                experiment, nuisances: nuisances, fold: index / (arms - 1), arm: index % (arms - 1) + 1,
                cancellation: context.cancellation)
            let models = training.isLargeEnough ? try self.models(training) : training.meanDifferences()
            context.report(Progress(phase: "fitting effects", done: finished.next(), total: total))
            return models
        }
        return ContrastModels(
            foldCount: foldCount, armCount: arms, outcomeCount: experiment.outcomes.count,
            encoding: nuisances.models.encoding, models: models.flatMap { $0 })
    }
}

extension LearnerSpec {
    /// nil where effects are differences of outcome models, rules or columns.
    /// - Throws: `CancellationError`.
    func pairLearner(_ experiment: Experiment, context: RunContext) throws -> (any ContrastLearner)? {
        switch self {
        case .x: XLearner()
        case .r: RLearner()
        case .dr: DRLearner()
        case .dml: LinearLearner()
        case .hybrid: HybridLearner()
        case .forest: try ForestLearner(experiment, context: context)
        case .s, .t, .tForest, .tree, .columns: nil
        }
    }

    /// Whether its second stage needs predictions of mu for the units it trains on.
    var usesInnerModels: Bool {
        switch self {
        case .r, .dr, .dml, .forest: true
        case .s, .t, .tForest, .x, .hybrid, .tree, .columns: false
        }
    }
}
