import Experiments
import Runtime

/// The causal forest as a learner: one forest per fold, arm and outcome, outcomes residualised by the inner models.
struct ForestLearner: ContrastLearner {
    let binned: BinnedCovariates

    /// - Throws: `CancellationError`.
    init(_ experiment: Experiment, context: RunContext) throws {
        // Few bins are fastest, and a forest's average needs no finer ones.
        binned = try BinnedCovariates(experiment, maximumBins: 64, context: context)
    }

    func models(_ training: ContrastTraining) throws -> [EffectModel] {
        let experiment = training.experiment
        let rows = training.pair
        let mu = training.innerPredictions(rows)
        let settings = Self.settings(
            experiment.spec.effects, smallestArm: min(training.control.count, training.treated.count))
        let seed = SaltedDraw(seed: experiment.splitRule.seed, salt: "forest \(training.fold)").bits(
            UInt64(training.arm))
        return try training.outcomes.map { outcome in
            var means = [Float](repeating: 0, count: experiment.unitCount)
            for (row, unit) in rows.enumerated() {
                let share = training.share(unit)
                means[unit] = Float(
                    (1 - share) * Double(mu.control[outcome][row]) + share * Double(mu.treated[outcome][row]))
            }
            let fit = try CausalForestFit.train(
                ForestSample(experiment, arm: training.arm, outcome: outcome, rows: rows), experiment: experiment,
                binned: binned, outcomeMeans: means, settings: settings, seed: seed &+ UInt64(outcome),
                context: RunContext(workers: Workers(count: 1), cancellation: training.cancellation))
            return .forest(fit.forest)
        }
    }

    /// A forest that a policy file can carry, unless the spec says otherwise.
    private static func settings(_ spec: EffectsSpec, smallestArm: Int) -> ForestSettings {
        var settings = ForestSettings.standard(smallestArm: smallestArm)
        if let trees = spec.trees { settings.trees = trees }
        if let minimum = spec.minimumLeaf { settings.minimumNode = minimum }
        return settings
    }
}
