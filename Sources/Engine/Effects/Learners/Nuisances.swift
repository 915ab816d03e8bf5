import Experiments
import Runtime

/// What learners of an experiment share, fitted once: outcome models by arm, the scores made of them, and, where a learner
/// with a second stage needs them, the nested models. Scores come from here whichever learner gives tau.
package struct Nuisances: Sendable {
    /// How the outcome models are made.
    package enum Models: Sendable, Equatable {
        /// The mean of each arm outside the fold: no covariates.
        case armMeans
        /// Boosted trees, with the analyst's settings where given.
        case boosted(BoostingSpec?)

        var settings: @Sendable (Int) -> BoostingSettings {
            let spec: BoostingSpec? = if case .boosted(let spec) = self { spec } else { nil }
            return { .standard(trainingUnits: $0).overridden(by: spec) }
        }
    }

    /// Units of an arm outside a fold that an outcome model trains on at most where only scores come of it: what a model errs by
    /// adds to a score's variance and not to its bias, and errs little more on so many than on all.
    package static let mostTrainingUnits = 200_000

    package let models: FoldModels
    /// mu_ij(x) by each unit's own fold, at arm * outcomes + outcome, scaled and gross; empty where only the scores were wanted.
    package let predictions: [[Float]]
    package let scores: ScoreTable
    package let nested: NestedCrossFit?

    /// Fits what the learners need: the step before any of them is fitted, so that data which one of them cannot take are
    /// refused here.
    /// - Parameters:
    ///   - keepsPredictions: whether they are wanted beside the scores made of them.
    ///   - sample: training units of an arm outside a fold, at most, where no learner's effects come of the models.
    /// - Throws: `EspalierError` (.usage) for such data; `CancellationError`.
    package static func fit(
        _ data: TrainingData, for learners: [NamedLearner], models kind: Models = .boosted(nil),
        keepsPredictions: Bool = true, sample: Int = mostTrainingUnits, context: RunContext
    ) throws -> Nuisances {
        for named in learners { try named.learner.capabilities.check(data, learner: named.name) }
        let onlyScores = !learners.isEmpty && learners.allSatisfy { !$0.learner.capabilities.outcomeModels }
        let models =
            kind == .armMeans
            ? FoldModels.armMeans(data)
            : try FoldModels.boosted(
                data, settings: kind.settings, atMost: onlyScores ? sample : .max, context: context)
        let predictions = try models.predict(data.columns, folds: data.folds, context: context)
        let contrasts = FoldModels.effects(
            predictions, armCount: data.armCount, outcomeCount: data.outcomeCount, unitCount: data.unitCount)
        let needsNested = learners.contains { $0.learner.capabilities.nestedOutcomeModels }
        return Nuisances(
            models: models, predictions: keepsPredictions ? predictions : [],
            scores: ScoreTable(data, predictions: predictions, contrasts: contrasts),
            nested: needsNested
                ? try NestedCrossFit(data, like: models, settings: kind.settings, context: context) : nil)
    }

    /// m(x) = E[Y given x] among the units of control and an arm, by each unit's own fold, scaled: what residuals are taken
    /// from.
    func outcomeMeans(_ data: TrainingData, _ contrast: ContrastIndex) -> [Float] {
        let base = predictions[contrast.outcome]
        let own = predictions[contrast.arm * data.outcomeCount + contrast.outcome]
        return base.indices.map { unit in
            let share = data.share(ofArm: contrast.arm, unit: unit)
            return Float((1 - share) * Double(base[unit]) + share * Double(own[unit]))
        }
    }
}
