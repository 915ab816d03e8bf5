import Effects
import Experiments
import Foundation
import Runtime
import Simulation

/// Causal forests on the generator of the speed comparisons: 100,000 x 20, 100 trees; nodes of 100 per arm are what the
/// standard settings take at this size.
///
/// CPU seconds are the process's user time from binning and the outcome's model to the effects of 20,000 fresh units;
/// PEHE is the mean squared distance of those from the truth (a constant effect has 1.19).
enum ForestCases {
    static func run(_ report: inout Report) throws {
        let training = try SyntheticExperiment.make(units: 100_000, splits: SplitSpec(seed: 1, confirm: 0))
        let fresh = try SyntheticExperiment.make(units: 20_000, seed: 2, splits: SplitSpec(seed: 2, confirm: 0))
        for minimumNode in [5, 20, 100] {
            let settings = ForestSettings(trees: 100, minimumNode: minimumNode)
            try forest(training.experiment, fresh, settings, &report)
        }
    }

    private static func forest(
        _ experiment: Experiment, _ fresh: SyntheticExperiment, _ settings: ForestSettings, _ report: inout Report
    ) throws {
        let data = TrainingData(experiment)
        let sample = ForestSample(data, ContrastIndex(arm: 1, outcome: 0), rows: data.training)
        let context = RunContext()
        var pehe = 0.0
        var leaves = 0
        let seconds = try Stopwatch.userSeconds {
            let binned = try BinnedCovariates(experiment, maximumBins: 64, context: context)
            let fit = try CausalForestFit.train(
                sample, columns: data.columns, binned: binned, settings: settings, seed: 1, context: context)
            leaves = fit.forest.trees.reduce(0) { $0 + $1.leafCount } / max(1, fit.forest.trees.count)
            let units = Array(0..<fresh.experiment.unitCount)
            let predicted = try fit.forest.predict(
                fresh.experiment.covariates.map(\.values), units: units, variances: false, context: context)
            let scale = Float(experiment.outcomes[0].observed.scale)
            pehe = units.reduce(0) { sum, unit in
                let error = Double(predicted.effects[unit] * scale - fresh.effects[0][unit])
                return sum + error * error / Double(units.count)
            }
        }
        report.add(
            "causal forest, nodes of \(settings.minimumNode) per arm", "100000 x 20, 100 trees", seconds: seconds,
            note: String(format: "PEHE %.3f, %d leaves a tree", pehe, leaves))
    }
}
