import Experiments
import Statistics

/// Effects and scores of one experiment, ready for policies.
package struct EffectsFit: Sendable {
    /// nil where effects were supplied and the nuisance is the arm mean.
    package let models: FoldModels?
    /// tau, scaled and gross: what decides who gets what.
    package let estimates: EffectEstimates
    package let scores: ScoreTable

    package init(models: FoldModels?, estimates: EffectEstimates, scores: ScoreTable) {
        self.models = models
        self.estimates = estimates
        self.scores = scores
    }

    /// Fits the learner that the spec names.
    /// - Throws: `CancellationError`, `EspalierError`.
    package static func run(_ experiment: Experiment, conduct: Conduct) throws -> EffectsFit {
        let arms = experiment.arms.count
        let outcomes = experiment.outcomes.count
        let folds = experiment.splitRule.folds(experiment.units.keys)
        var models: FoldModels?
        let predictions: [[Float]]
        switch experiment.spec.effects.learner {
        case .t, .columns(_, nuisance: .t):
            let fitted = try TwoModelLearner.fit(experiment, conduct: conduct)
            predictions = try fitted.predict(experiment.covariates.map(\.values), folds: folds, conduct: conduct)
            models = fitted
        case .columns(_, nuisance: .armMean):
            predictions = armMeans(experiment, folds: folds)
        }
        let contrasts = FoldModels.effects(
            predictions, armCount: arms, outcomeCount: outcomes, unitCount: experiment.unitCount)
        var estimates = contrasts
        if case .columns = experiment.spec.effects.learner {
            estimates = supplied(experiment)
        }
        return EffectsFit(
            models: models, estimates: estimates,
            scores: ScoreTable(experiment, predictions: predictions, contrasts: contrasts))
    }

    /// The mean of each arm over tune units outside the unit's fold, weighted by 1/e where propensities vary: arms x
    /// outcomes columns, scaled. An arm without such units counts as the outcome's centre, 0.
    private static func armMeans(_ experiment: Experiment, folds: [UInt8]) -> [[Float]] {
        let arms = experiment.arms.count
        let foldCount = experiment.splitRule.foldCount
        let weights: [Double]? =
            if case .columns = experiment.propensity {
                experiment.propensity.observed(experiment.assignment).map { 1 / Double($0) }
            } else { nil }
        var result: [[Float]] = Array(repeating: [], count: arms * experiment.outcomes.count)
        for (j, outcome) in experiment.outcomes.enumerated() {
            var sums = [(weight: Double, value: Double)](repeating: (0, 0), count: arms * foldCount)
            for unit in experiment.tune {
                let cell = Int(experiment.assignment[unit]) * foldCount + Int(folds[unit])
                let weight = weights?[unit] ?? 1
                sums[cell].weight += weight
                sums[cell].value += weight * Double(outcome.observed.values[unit])
            }
            for arm in 0..<arms {
                let means = (0..<foldCount).map { held -> Float in
                    let others = (0..<foldCount).filter { $0 != held }.map { sums[arm * foldCount + $0] }
                    let weight = others.reduce(0) { $0 + $1.weight }
                    return weight > 0 ? Float(others.reduce(0) { $0 + $1.value } / weight) : 0
                }
                result[arm * experiment.outcomes.count + j] = folds.map { means[Int($0)] }
            }
        }
        return result
    }

    /// Supplied effects in units of each outcome's scale.
    private static func supplied(_ experiment: Experiment) -> EffectEstimates {
        let outcomes = experiment.outcomes.count
        return EffectEstimates(
            armCount: experiment.arms.count, outcomeCount: outcomes,
            columns: experiment.suppliedEffects.enumerated().map { index, column in
                scaledEffects(column, by: experiment.outcomes[index % outcomes].observed.scale)
            })
    }

    /// The one way supplied effects are scaled, for fitting and for scoring new units.
    package static func scaledEffects(_ column: ScaledColumn, by scale: Double) -> [Float] {
        column.values.indices.map { Float(column.value($0) / scale) }
    }
}

extension ScoreTable {
    /// The scores of an experiment from predictions mu at arm * outcomes + outcome (scaled and gross).
    package init(_ experiment: Experiment, predictions: [[Float]], contrasts: EffectEstimates) {
        let outcomes = experiment.outcomes.count
        let propensity = experiment.propensity.observed(experiment.assignment)
        let residuals = experiment.outcomes.indices.map { j in
            let observed = experiment.outcomes[j].observed.values
            return experiment.assignment.indices.map { unit -> Float in
                let mu = predictions[Int(experiment.assignment[unit]) * outcomes + j][unit]
                return (observed[unit] - mu) / propensity[unit]
            }
        }
        self.init(control: Array(predictions[0..<outcomes]), contrasts: contrasts, residuals: residuals)
    }
}
