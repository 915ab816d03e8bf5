import Experiments

/// The DR-learner (Kennedy 2023): a regression of Gamma_i - Gamma_0 on the covariates, over the units of all arms, the
/// scores made of mu that saw neither the unit nor the fold.
package struct DRLearner: ContrastLearner, SearchableLearner {
    private let effectModels: BoostingSpec?

    package init(effectModels: BoostingSpec? = nil) { self.effectModels = effectModels }

    package var capabilities: LearnerCapabilities { LearnerCapabilities(nestedOutcomeModels: true) }
    package var searchSpace: BoostingSpace { BoostingSpace(part: .effectModels, isForest: false) }

    package func setting(_ boosting: BoostingSpec) -> DRLearner { DRLearner(effectModels: boosting) }

    func models(_ training: ContrastTraining) throws -> [EffectModel] {
        let rows = training.everyone
        let features = training.features(rows)
        return try training.doublyRobustScores(rows).map { scores in
            .boosted(
                try training.effectModel(
                    training.set(features, labels: scores.map { Float($0) }), rows: rows, settings: effectModels))
        }
    }
}

extension ContrastTraining {
    /// Gamma_i - Gamma_0 of rows by models that saw neither the unit nor the fold: one column per outcome.
    func doublyRobustScores(_ rows: [Int]) -> [[Double]] {
        let mu = nestedPredictions(rows)
        return outcomes.map { outcome in
            rows.indices.map { row in
                score(rows[row], outcome, control: mu.control[outcome][row], treated: mu.treated[outcome][row])
            }
        }
    }
}
