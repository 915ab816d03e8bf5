import Experiments
import Runtime

/// One honest tree for all arms and outcomes (S0, future work 3): its splits serve the sum of their standardised gains, its
/// leaves are few enough to be read.
package enum JointTree {
    /// Leaves unless another number is asked for.
    package static let maximumCohorts = 12

    /// The tree from units in memory.
    /// - Returns: as the other `grow`.
    package static func grow(
        _ experiment: Experiment, binned: BinnedCovariates, settings: TreeSettings,
        maximumCohorts: Int = JointTree.maximumCohorts, context: RunContext
    ) throws -> [CausalTree] {
        let sums = UnitSums(TrainingData(experiment), binned: binned, pruningFolds: settings.pruningFolds)
        return try grow(
            sums, experiment.outline, settings: settings, maximumCohorts: maximumCohorts, context: context)
    }

    /// The tree from sums, whoever answers for them. It is pruned as the trees of single outcomes are, by the folds of the
    /// growing half, and further where it has more than `maximumCohorts` leaves.
    /// - Parameter provider: divides its growing half into `settings.pruningFolds` folds.
    /// - Returns: by `ContrastIndex.position` the effects of every arm and outcome in the same nodes: trees of one shape, with
    ///   the same leaves. Effects are net of arm costs.
    /// - Throws: `CancellationError`, or what the provider throws.
    /// - Complexity: O(units x covariates x arms x outcomes x depth x pruning folds), parallel over folds and covariates; the
    ///   result does not depend on how many threads do it.
    package static func grow(
        _ provider: some SumsProvider, _ outline: ExperimentOutline, settings: TreeSettings,
        maximumCohorts: Int = JointTree.maximumCohorts, context: RunContext
    ) throws -> [CausalTree] {
        precondition(maximumCohorts >= 1)
        let pieces = settings.holdsOut ? 1 : 1 + settings.pruningFolds
        let growth = try JointTreeGrowth(provider, outline, settings: settings, pieces: pieces, context: context)
        let finished = Counter()
        context.report(Progress(phase: "growing the joint tree", done: 0, total: pieces))
        let grown = try context.workers.map(pieces) { piece -> JointTreeGrowth.Piece in
            let done = try growth.piece(piece)
            context.report(Progress(phase: "growing the joint tree", done: finished.next(), total: pieces))
            return done
        }
        return try growth.finish(grown, maximumCohorts: maximumCohorts)
    }
}
