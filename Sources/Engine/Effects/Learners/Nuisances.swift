import Experiments
import Runtime

/// What learners of an experiment share, fitted once: outcome models by arm, the scores made of them, and, where a learner
/// with a second stage needs them, the inner models. Scores come from here whichever learner gives tau.
package struct Nuisances: Sendable {
    /// The fold of every unit.
    package let folds: [UInt8]
    package let models: FoldModels
    /// mu_ij(x) by each unit's own fold, at arm * outcomes + outcome, scaled and gross.
    package let predictions: [[Float]]
    package let scores: ScoreTable
    package let inner: NestedCrossFit?

    /// Fits what the learners need.
    /// - Throws: `CancellationError`, `EspalierError` (.internal).
    package static func fit(
        _ experiment: Experiment, for learners: [LearnerSpec], context: RunContext
    ) throws -> Nuisances {
        let folds = experiment.splitRule.folds(experiment.units.keys)
        let settings = settings(experiment)
        let models = try TLearner.fit(experiment, settings: settings, context: context)
        let predictions = try models.predict(
            experiment.covariates.map(\.values), folds: folds, context: context)
        let contrasts = FoldModels.effects(
            predictions, armCount: experiment.arms.count, outcomeCount: experiment.outcomes.count,
            unitCount: experiment.unitCount)
        let needsInner = learners.contains(where: \.usesInnerModels)
        return Nuisances(
            folds: folds, models: models, predictions: predictions,
            scores: ScoreTable(experiment, predictions: predictions, contrasts: contrasts),
            inner: needsInner
                ? try NestedCrossFit(experiment, like: models, folds: folds, settings: settings, context: context) : nil
        )
    }

    /// m(x) = E[Y given x] among the units of control and an arm, by each unit's own fold, scaled: what residuals are taken
    /// from.
    func outcomeMeans(_ experiment: Experiment, arm: Int, outcome: Int) -> [Float] {
        let (base, own) = (predictions[outcome], predictions[arm * experiment.outcomes.count + outcome])
        return base.indices.map { unit in
            let propensity = experiment.propensity.of(arm: arm, unit: unit)
            let share = propensity / (propensity + experiment.propensity.of(arm: 0, unit: unit))
            return Float((1 - share) * Double(base[unit]) + share * Double(own[unit]))
        }
    }

    /// A forest's settings are its own: the nuisance beside it stays boosted, by the defaults.
    private static func settings(_ experiment: Experiment) -> @Sendable (Int) -> BoostingSettings {
        let effects = experiment.spec.effects
        let spec = effects.learner == .tForest ? nil : effects.outcomeModels
        return { .standard(trainingUnits: $0).overridden(by: spec) }
    }
}
