import Experiments
import Runtime

/// The honest causal trees of an experiment, one per arm and outcome (S0; Athey & Imbens 2016; METHODS section 1).
package enum CausalTrees {
    /// - Returns: the trees, at (arm - 1) * outcomes + outcome. Effects are net of arm costs.
    /// - Throws: `CancellationError`.
    /// - Complexity: O(units x covariates x depth x pruning folds) per tree, parallel over trees, their folds and
    ///   covariates; the result does not depend on how many threads do it.
    package static func grow(
        _ experiment: Experiment, binned: BinnedCovariates, settings: TreeSettings, context: RunContext
    ) throws -> [CausalTree] {
        let outcomeCount = experiment.outcomes.count
        let treeCount = max(0, experiment.arms.count - 1) * outcomeCount
        let growth = try TreeGrowth(experiment, binned: binned, settings: settings, context: context)
        // The whole growing half and each of its folds: independent pieces of work, several to a tree.
        let pieces = 1 + settings.pruningFolds
        let total = treeCount * pieces
        let finished = Counter()
        context.report(Progress(phase: "growing trees", done: 0, total: total))
        let grown = try context.workers.map(total) { index -> TreeGrowth.Piece in
            let tree = index / pieces
            let (arm, outcome) = (tree / outcomeCount + 1, tree % outcomeCount)
            let piece =
                index % pieces == 0
                ? TreeGrowth.Piece.whole(try growth.whole(arm: arm, outcome: outcome, among: total))
                : .fold(try growth.fold(index % pieces - 1, arm: arm, outcome: outcome, among: total))
            context.report(Progress(phase: "growing trees", done: finished.next(), total: total))
            return piece
        }
        return try context.workers.map(treeCount) { tree in
            try context.cancellation.check()
            return growth.finish(
                grown[tree * pieces..<(tree + 1) * pieces], arm: tree / outcomeCount + 1, outcome: tree % outcomeCount)
        }
    }
}
