import Experiments
import Runtime

/// Effects and scores of one experiment, ready for policies.
package struct EffectsFit: Sendable {
    package let learner: LearnerSpec
    /// nil where effects were supplied.
    package let models: EffectModels?
    /// tau, scaled and gross: what decides who gets what.
    package let estimates: EffectEstimates
    /// Pointwise standard errors of `estimates`, where the learner has them (DML, trees, the hybrid, the forest).
    package let standardErrors: EffectEstimates?
    package let scores: ScoreTable

    package init(
        learner: LearnerSpec, models: EffectModels?, estimates: EffectEstimates, standardErrors: EffectEstimates?,
        scores: ScoreTable
    ) {
        self.learner = learner
        self.models = models
        self.estimates = estimates
        self.standardErrors = standardErrors
        self.scores = scores
    }

    /// Fits the learner that the spec names.
    /// - Throws: `CancellationError`, `EspalierError`.
    package static func run(_ experiment: Experiment, context: RunContext) throws -> EffectsFit {
        let learner = experiment.spec.effects.learner
        guard case .columns(_, let nuisance) = learner else {
            let nuisances = try Nuisances.fit(experiment, for: [learner], context: context)
            return try run(experiment, learner: learner, nuisances: nuisances, context: context)
        }
        return EffectsFit(
            learner: learner, models: nil, estimates: supplied(experiment), standardErrors: nil,
            scores: try scores(experiment, nuisance: nuisance, context: context))
    }

    /// Fits one learner beside others of the same experiment.
    /// - Parameters:
    ///   - learner: any but `.columns`, for which it gives the supplied effects.
    ///   - nuisances: of this experiment, made for this learner among others (`Nuisances.fit(_:for:context:)`).
    /// - Throws: `CancellationError`, `EspalierError`.
    package static func run(
        _ experiment: Experiment, learner: LearnerSpec, nuisances: Nuisances, context: RunContext
    ) throws -> EffectsFit {
        let models: EffectModels
        switch learner {
        case .t:
            return EffectsFit(
                learner: learner, models: .outcomes(nuisances.models), estimates: nuisances.scores.contrasts,
                standardErrors: nil, scores: nuisances.scores)
        case .columns:
            return EffectsFit(
                learner: learner, models: nil, estimates: supplied(experiment), standardErrors: nil,
                scores: nuisances.scores)
        case .s, .tForest:
            models = .outcomes(try outcomeModels(experiment, learner: learner, context: context))
        case .tree:
            models = .pairs(try TreeLearner.fit(experiment, folds: nuisances.folds, context: context))
        case .x, .r, .dr, .dml, .hybrid, .forest:
            guard let pairLearner = try learner.pairLearner(experiment, context: context) else {
                throw EspalierError(.internal, "the learner \(learner.name) has no models of effects")
            }
            models = .pairs(try pairLearner.fit(experiment, nuisances: nuisances, context: context))
        }
        let columns = experiment.covariates.map(\.values)
        var errors: EffectEstimates?
        if case .pairs(let pairs) = models {
            errors = try pairs.standardErrors(columns, folds: nuisances.folds, context: context)
        }
        return EffectsFit(
            learner: learner, models: models,
            estimates: try models.estimates(columns, folds: nuisances.folds, context: context),
            standardErrors: errors, scores: nuisances.scores)
    }

    private static func outcomeModels(
        _ experiment: Experiment, learner: LearnerSpec, context: RunContext
    ) throws -> FoldModels {
        let spec = experiment.spec.effects.outcomeModels
        guard learner == .tForest else {
            return try SLearner.fit(
                experiment, settings: { .standard(trainingUnits: $0).overridden(by: spec) }, context: context)
        }
        return try TLearner.fit(
            experiment, settings: { .forest(trainingUnits: $0).overridden(by: spec) }, context: context)
    }

    /// The scores beside supplied effects.
    private static func scores(
        _ experiment: Experiment, nuisance: NuisanceSpec, context: RunContext
    ) throws -> ScoreTable {
        guard nuisance == .armMean else {
            return try Nuisances.fit(experiment, for: [], context: context).scores
        }
        let predictions = armMeans(experiment, folds: experiment.splitRule.folds(experiment.units.keys))
        return ScoreTable(
            experiment, predictions: predictions,
            contrasts: FoldModels.effects(
                predictions, armCount: experiment.arms.count, outcomeCount: experiment.outcomes.count,
                unitCount: experiment.unitCount))
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
