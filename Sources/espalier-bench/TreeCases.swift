import Cohorts
import Effects
import Experiments
import Simulation
import Statistics

/// Honest trees and merged cohorts on the generator of the speed comparisons: 20 covariates, depth at most 6, leaves of 100.
enum TreeCases {
    static func run(_ report: inout Report) throws {
        for units in [100_000, 1_000_000] {
            let synthetic = try SyntheticExperiment.make(units: units, covariates: 20)
            let experiment = synthetic.experiment
            let settings = TreeSettings(maximumDepth: 6, minimumLeaf: 100)
            var binned: BinnedCovariates?
            let binning = try Stopwatch.median(1) { binned = try BinnedCovariates(experiment) }
            guard let binned else { return }
            report.add("binning 20 covariates", "\(units) units", milliseconds: binning)
            var trees: [CausalTree] = []
            let growth = try Stopwatch.median(1) {
                trees = try CausalTrees.grow(experiment, binned: binned, settings: settings, conduct: Conduct())
            }
            report.add("one honest tree, pruned by cross-validation", "\(units) x 20", milliseconds: growth)
            let merging = Stopwatch.median(1) {
                let leaves = trees.map { $0.leaves(of: binned) }
                _ = CohortPartition.find(
                    leaves: leaves, unitCount: experiment.unitCount, tuneCount: experiment.tuneCount)
            }
            report.add("cohorts of all units", "\(units) x 20", milliseconds: merging)
        }
    }
}
