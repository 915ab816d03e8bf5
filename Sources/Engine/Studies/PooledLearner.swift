import Effects
import Experiments
import Pooling
import Runtime

/// The learner that reuses what a pool of experiments has learned: its representation, read when it is fitted.
package struct PooledLearner: Learner {
    private let path: String
    private let base: EmbeddedLearner.Base

    /// - Parameter path: of the pool's file.
    package init(path: String, base: PooledBase) {
        self.path = path
        self.base =
            switch base {
            case .t: .t
            case .r: .r
            case .dr: .dr
            }
    }

    package var capabilities: LearnerCapabilities {
        LearnerCapabilities(intervals: true, nestedOutcomeModels: base != .t)
    }

    package func effects(_ data: TrainingData, nuisances: Nuisances, context: RunContext) throws -> LearnedEffects {
        try EmbeddedLearner(PoolFile.read(path).fit.model.embedding, base: base).effects(
            data, nuisances: nuisances, context: context)
    }

    /// What should be known of how an experiment goes with its pool, a sentence each; none where it has no pool.
    /// - Throws: `EspalierError` where the pool cannot be read or lacks covariates; `CancellationError`.
    package static func notes(_ experiment: Experiment, context: RunContext) throws -> [String] {
        guard let path = experiment.spec.effects.learner.pool else { return [] }
        let embedding = try PoolFile.read(path).fit.model.embedding.binding(to: experiment.covariates)
        let choice = try EmbeddingChoice(embedding, TrainingData(experiment), context: context)
        let unhelpful =
            "the pool does not help here: linear models of the covariates themselves predict unseen units better and are used"
        return [PoolNotes.drift(of: experiment, from: embedding), choice.isEmbedded ? nil : unhelpful].compactMap { $0 }
    }
}
