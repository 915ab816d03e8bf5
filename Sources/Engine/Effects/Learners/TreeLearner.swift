import Experiments
import Runtime

/// Honest causal trees as a learner: grown anew on the training units outside each fold, so that a unit's effect is its
/// leaf's in trees that never saw it. Cohorts merged from such trees have these same effects (S0 Algorithm 1).
package struct TreeLearner: Learner {
    private let minimumLeaf: Int?

    /// - Parameter minimumLeaf: fewest treated and fewest control units of a leaf; nil sets it by size.
    package init(minimumLeaf: Int? = nil) { self.minimumLeaf = minimumLeaf }

    package var capabilities: LearnerCapabilities { LearnerCapabilities(intervals: true, outcomeModels: false) }

    package func effects(_ data: TrainingData, nuisances: Nuisances, context: RunContext) throws -> LearnedEffects {
        let settings = TreeSettings(minimumLeaf: minimumLeaf)
        let models = try data.predictedFolds.flatMap { fold -> [EffectModel] in
            let units = data.training(outside: fold)
            let own = data.picking(
                units, keys: units.map { data.keys[$0] }, splitRule: data.splitRule, trainingCount: units.count)
            let binned = try BinnedCovariates(
                own.covariates, unitCount: own.unitCount, tuneCount: own.trainingCount, context: context)
            let sums = UnitSums(own, binned: binned, pruningFolds: settings.pruningFolds)
            let trees = try CausalTrees.grow(sums, own.outline, settings: settings, context: context)
            return trees.map { .rules(RuleTree($0, scale: data.outcomes[$0.outcome].scale)) }
        }
        return try LearnedEffects(
            ContrastModels(
                foldCount: data.foldCount, armCount: data.armCount, outcomeCount: data.outcomeCount, encoding: .empty,
                models: data.placed(models, perFold: data.contrasts.count, elsewhere: .constant(0))),
            data: data, context: context)
    }
}

extension TrainingData {
    /// What trees read of the experiment beside sums of its units: effects stay gross of arm costs.
    fileprivate var outline: ExperimentOutline {
        let shares: [Double]? = if case .shares(let shares) = propensity { shares } else { nil }
        return ExperimentOutline(
            armCount: armCount,
            outcomes: outcomes.map { OutcomeOutline(centre: $0.centre, scale: $0.scale, armCosts: []) },
            shares: shares)
    }
}
