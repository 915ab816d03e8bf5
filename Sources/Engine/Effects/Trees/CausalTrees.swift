import Experiments
import Runtime

/// The honest causal trees of an experiment, one per arm and outcome (S0; Athey & Imbens 2016; METHODS section 1).
package enum CausalTrees {
    /// The trees from units in memory.
    /// - Returns: the trees, by `ContrastIndex.position`. Effects are net of arm costs.
    /// - Throws: `CancellationError`.
    /// - Complexity: O(units x covariates x depth x pruning folds) per tree, parallel over trees, their folds and
    ///   covariates; the result does not depend on how many threads do it.
    package static func grow(
        _ experiment: Experiment, binned: BinnedCovariates, settings: TreeSettings, context: RunContext
    ) throws -> [CausalTree] {
        let sums = UnitSums(TrainingData(experiment), binned: binned, pruningFolds: settings.pruningFolds)
        return try grow(sums, experiment.outline, settings: settings, context: context)
    }

    /// The trees from sums, whoever answers for them.
    /// - Parameter provider: divides its growing half into `settings.pruningFolds` folds.
    /// - Returns: the trees, by `ContrastIndex.position`. Effects are net of arm costs.
    /// - Throws: `CancellationError`, or what the provider throws.
    package static func grow(
        _ provider: some SumsProvider, _ outline: ExperimentOutline, settings: TreeSettings, context: RunContext
    ) throws -> [CausalTree] {
        let outcomeCount = outline.outcomes.count
        let treeCount = max(0, outline.armCount - 1) * outcomeCount
        // The whole growing half and each of its folds: independent pieces of work, several to a tree.
        let pieces = settings.holdsOut ? 1 : 1 + settings.pruningFolds
        let total = treeCount * pieces
        let growth = try TreeGrowth(provider, outline, settings: settings, pieces: total, context: context)
        let finished = Counter()
        context.report(Progress(phase: "growing trees", done: 0, total: total))
        let grown = try context.workers.map(total) { index in
            let tree = index / pieces
            let (arm, outcome) = (tree / outcomeCount + 1, tree % outcomeCount)
            let piece: GrowthPiece =
                index % pieces == 0
                ? .whole(try growth.whole(arm: arm, outcome: outcome))
                : .fold(try growth.fold(index % pieces - 1, arm: arm, outcome: outcome))
            context.report(Progress(phase: "growing trees", done: finished.next(), total: total))
            return piece
        }
        return try context.workers.map(treeCount) { tree in
            try context.cancellation.check()
            return try growth.finish(
                grown[tree * pieces..<(tree + 1) * pieces], arm: tree / outcomeCount + 1, outcome: tree % outcomeCount)
        }
    }
}
