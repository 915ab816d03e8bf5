import Experiments

/// The average effect for everybody: the mean of the doubly robust scores of the units outside each fold, the scores made of
/// mu that saw neither the unit nor the fold.
package struct AverageLearner: ContrastLearner {
    package init() {}

    package var capabilities: LearnerCapabilities { LearnerCapabilities(nestedOutcomeModels: true) }

    func models(_ training: ContrastTraining) throws -> [EffectModel] {
        let rows = training.everyone
        let mu = training.nestedPredictions(rows)
        return training.outcomes.map { outcome in
            let parts = rows.indices.map { row in
                training.parts(
                    rows[row], outcome, control: mu.control[outcome][row], treated: mu.treated[outcome][row])
            }
            var weights = ScoreWeights()
            if training.hasVaryingWeights { for part in parts { weights.add(part) } }
            let sum = parts.reduce(0.0) { $0 + weights.normalised($1) }
            return .constant(Float(sum / Double(max(1, parts.count))))
        }
    }
}
