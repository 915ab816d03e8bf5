import Experiments
import Runtime

/// The T-learner (S0 "two-model approach"; S1: boosted trees "work well"): one outcome model per arm, tau their difference.
package struct TLearner: SearchableLearner {
    private enum Models {
        /// The outcome models behind the scores are its own.
        case shared
        case boosted(BoostingSpec)
        case forest(BoostingSpec?)
    }

    private let models: Models

    private init(_ models: Models) { self.models = models }

    /// On the very models that the scores are made of.
    package init() { self.init(.shared) }

    /// On random forests.
    package static func forest(_ settings: BoostingSpec? = nil) -> TLearner { TLearner(.forest(settings)) }

    package var capabilities: LearnerCapabilities { LearnerCapabilities() }

    private var isForest: Bool { if case .forest = models { true } else { false } }

    package var searchSpace: BoostingSpace { BoostingSpace(part: .outcomeModels, isForest: isForest) }

    package func setting(_ boosting: BoostingSpec) -> TLearner {
        TLearner(isForest ? .forest(boosting) : .boosted(boosting))
    }

    package func effects(_ data: TrainingData, nuisances: Nuisances, context: RunContext) throws -> LearnedEffects {
        let settings: @Sendable (Int) -> BoostingSettings
        switch models {
        case .shared:
            return LearnedEffects(
                models: .outcomes(nuisances.models), estimates: nuisances.scores.contrasts,
                predictions: nuisances.predictions)
        case .boosted(let spec): settings = { .standard(trainingUnits: $0).overridden(by: spec) }
        case .forest(let spec): settings = { .forest(trainingUnits: $0).overridden(by: spec) }
        }
        return try LearnedEffects(
            FoldModels.boosted(data, settings: settings, context: context), data: data, context: context)
    }
}
