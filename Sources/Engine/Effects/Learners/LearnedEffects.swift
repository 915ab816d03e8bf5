import Experiments
import Runtime

/// What a learner found: the effects of every unit, and the models that give those of new units.
package struct LearnedEffects: Sendable {
    /// nil where effects were supplied.
    package let models: EffectModels?
    package let estimates: EffectEstimates
    /// mu_ij(x) by each unit's own fold, at arm * outcomes + outcome, scaled and gross; nil from learners of effects alone.
    package let predictions: [[Float]]?
    /// By `ContrastIndex.position`, what a stack is made of; nil from learners that are none.
    package let compositions: [StackComposition]?

    package init(
        models: EffectModels?, estimates: EffectEstimates, predictions: [[Float]]? = nil,
        compositions: [StackComposition]? = nil
    ) {
        self.models = models
        self.estimates = estimates
        self.predictions = predictions
        self.compositions = compositions
    }

    /// Scores every unit by the outcome models of its own fold.
    /// - Throws: `CancellationError`.
    package init(_ models: FoldModels, data: TrainingData, context: RunContext) throws {
        let predictions = try models.predict(data.columns, folds: data.folds, context: context)
        self.init(
            models: .outcomes(models),
            estimates: FoldModels.effects(
                predictions, armCount: data.armCount, outcomeCount: data.outcomeCount, unitCount: data.unitCount),
            predictions: predictions)
    }

    /// Scores every unit by the effect models of its own fold.
    /// - Throws: `CancellationError`.
    package init(_ models: ContrastModels, data: TrainingData, context: RunContext) throws {
        self.init(
            models: .pairs(models),
            estimates: try models.estimates(data.columns, folds: data.folds, context: context))
    }
}
