import Experiments
import Runtime

/// Effects and scores of one experiment, ready for policies.
package struct EffectsFit: Sendable {
    /// nil where effects were supplied.
    package let models: EffectModels?
    /// tau, scaled and gross: what decides who gets what.
    package let estimates: EffectEstimates
    package let scores: ScoreTable

    package init(models: EffectModels?, estimates: EffectEstimates, scores: ScoreTable) {
        self.models = models
        self.estimates = estimates
        self.scores = scores
    }

    /// Fits one learner and the scores beside it.
    /// - Parameter nuisances: how the outcome models behind the scores are made.
    /// - Throws: `EspalierError` (.usage) for data that the learner cannot take; `CancellationError`.
    package static func run(
        _ data: TrainingData, learner: NamedLearner, nuisances kind: Nuisances.Models = .boosted(nil),
        context: RunContext
    ) throws -> EffectsFit {
        let nuisances = try Nuisances.fit(
            data, for: [learner], models: kind, keepsPredictions: learner.learner.capabilities.outcomeModels,
            context: context)
        let found = try learner.learner.effects(data, nuisances: nuisances, context: context)
        return EffectsFit(models: found.models, estimates: found.estimates, scores: nuisances.scores)
    }
}
