import Effects
import Experiments
import Foundation
import Groups
import Runtime
import Simulation

/// Honest trees and merged cohorts on the generator of the speed comparisons: 20 covariates, leaves of 100, depth at most 6
/// as in the comparisons and 4 as in the product. PEHE is the mean squared distance from the truth on 100,000 fresh units.
enum TreeCases {
    static func run(_ report: inout Report) throws {
        let fresh = try SyntheticExperiment.make(units: 100_000, seed: 2)
        for units in [100_000, 1_000_000] {
            let synthetic = try SyntheticExperiment.make(units: units, splits: SplitSpec(confirm: 0))
            let experiment = synthetic.experiment
            var made: BinnedCovariates?
            let binning = try Stopwatch.userSeconds { made = try BinnedCovariates(experiment) }
            guard let binned = made else { return }
            report.add("binning 20 covariates", "\(units) units", seconds: binning, note: "")
            var trees: [CausalTree] = []
            for depth in [4, 6] {
                let settings = TreeSettings(maximumDepth: depth, minimumLeaf: 100)
                let growth = try Stopwatch.userSeconds {
                    trees = try CausalTrees.grow(experiment, binned: binned, settings: settings, context: RunContext())
                }
                report.add(
                    "one honest tree of depth \(depth), pruned", "\(units) x 20", seconds: growth,
                    note: Self.note(trees[0], fresh))
            }
            let merging = Stopwatch.median(1) {
                let leaves = trees.map { $0.leaves(of: binned) }
                _ = CohortPartition.find(
                    leaves: leaves, unitCount: experiment.unitCount, tuneCount: experiment.tuneCount)
            }
            report.add("cohorts of all units", "\(units) x 20", milliseconds: merging)
        }
    }

    private static func note(_ tree: CausalTree, _ fresh: SyntheticExperiment) -> String {
        let columns = fresh.experiment.covariates.map(\.values)
        let leaves = tree.leaves.map(\.estimate.effect)
        let units = fresh.experiment.unitCount
        let pehe = (0..<units).reduce(0.0) { sum, unit in
            let error = leaves[tree.leaf(of: columns.map { $0[unit] })] - Double(fresh.effects[0][unit])
            return sum + error * error / Double(units)
        }
        return "PEHE " + pehe.formatted(.number.precision(.fractionLength(3))) + ", \(leaves.count) leaves"
    }
}
