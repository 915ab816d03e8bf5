import Effects
import Runtime

/// Searches the settings of the study's learner and keeps what was found; the study's fit stays as it is.
package struct SearchHyperparameters: StudyOperation {
    package static let kind = "learners.hyperparameters"

    package let trials: Int
    package let seed: UInt64

    package init(trials: Int = HyperparameterSearch.usualTrials, seed: UInt64) {
        self.trials = trials
        self.seed = seed
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        trials = try container.decodeIfPresent(Int.self, forKey: .trials) ?? HyperparameterSearch.usualTrials
        seed = try container.decode(UInt64.self, forKey: .seed)
    }

    /// - Throws: `EspalierError` (.usage) for a learner without boosted models, (.data) where the data have changed or are gone;
    ///   `CancellationError`.
    package func run(_ study: Study, _ context: RunContext) throws -> StudyChange<HyperparameterSearch> {
        let found = try HyperparameterSearch.search(
            study.readExperiment(context: context), trials: trials, seed: seed, context: context)
        return StudyChange { transaction in
            try transaction.save(found, named: StudyFile.hyperparametersName)
            return found
        }
    }
}
