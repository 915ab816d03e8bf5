import Experiments
import Runtime

/// The causal forest as a learner: one forest per fold, arm and outcome, outcomes residualised by the nested models.
package struct ForestLearner: Learner {
    private let trees: Int?
    private let minimumLeaf: Int?

    /// - Parameters:
    ///   - trees: of each forest; nil takes the default.
    ///   - minimumLeaf: fewest units of each arm in a node; nil sets it by size.
    package init(trees: Int? = nil, minimumLeaf: Int? = nil) {
        self.trees = trees
        self.minimumLeaf = minimumLeaf
    }

    package var capabilities: LearnerCapabilities { LearnerCapabilities(intervals: true, nestedOutcomeModels: true) }

    package func effects(_ data: TrainingData, nuisances: Nuisances, context: RunContext) throws -> LearnedEffects {
        // Few bins are fastest, and a forest's average needs no finer ones.
        let binned = try BinnedCovariates(
            data.covariates, unitCount: data.unitCount, tuneCount: data.trainingCount, maximumBins: 64,
            context: context)
        let models = try ContrastModels.fit(data, nuisances: nuisances, context: context) {
            try self.models($0, binned: binned)
        }
        return try LearnedEffects(models, data: data, context: context)
    }

    private func models(_ training: ContrastTraining, binned: BinnedCovariates) throws -> [EffectModel] {
        let data = training.data
        let rows = training.bothArms
        let mu = training.nestedPredictions(rows)
        let settings = settings(smallestArm: min(training.control.count, training.treated.count))
        let seed = SaltedDraw(seed: data.splitRule.seed, salt: "forest \(training.fold)").bits(UInt64(training.arm))
        return try training.outcomes.map { outcome in
            var means = [Float](repeating: 0, count: data.unitCount)
            for (row, unit) in rows.enumerated() {
                let share = training.share(unit)
                means[unit] = Float(
                    (1 - share) * Double(mu.control[outcome][row]) + share * Double(mu.treated[outcome][row]))
            }
            let fit = try CausalForestFit.train(
                ForestSample(data, ContrastIndex(arm: training.arm, outcome: outcome), rows: rows),
                columns: data.columns, binned: binned, outcomeMeans: means, settings: settings,
                seed: seed &+ UInt64(outcome),
                context: RunContext(workers: Workers(count: 1), cancellation: training.cancellation))
            return .forest(fit.forest)
        }
    }

    /// A forest that a policy file can carry, unless the analyst wants another.
    private func settings(smallestArm: Int) -> ForestSettings {
        var settings = ForestSettings.standard(smallestArm: smallestArm)
        if let trees { settings.trees = trees }
        if let minimumLeaf { settings.minimumNode = minimumLeaf }
        return settings
    }
}
