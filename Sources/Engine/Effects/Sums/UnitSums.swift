import Experiments
import Runtime

/// Sums from units in memory: one pass of a kernel over a node's units and a covariate's bins.
package struct UnitSums: SumsProvider {
    private let columns: UnitColumns
    /// The lists of the tree that is growing.
    private var frontier: UnitFrontier?

    /// - Parameter pruningFolds: folds of the growing half, by the draw salted "prune"; fewer than 255.
    /// - Complexity: O(units).
    package init(_ data: TrainingData, binned: BinnedCovariates, pruningFolds: Int) {
        columns = UnitColumns(data, binned: binned, pruningFolds: pruningFolds)
    }

    package var codes: [BinCode] { columns.binned.codes }

    /// - Throws: `CancellationError`.
    /// - Complexity: of a level, O(units of its nodes x covariates), parallel over covariates; else O(units x depth), parallel
    ///   over groups or partitions.
    package mutating func answer(_ request: SumsRequest, context: RunContext) throws -> SumsAnswer {
        switch request.cells {
        case .level(let nodes, let covariates):
            return try level(nodes, covariates, request, context)
        case .nodes(let nodes):
            return try NodeTotals(columns: columns, request: request, tree: PathTree(nodes))
                .answer(nodes: nodes.count, context: context)
        case .crossing(let partitions):
            let binned = columns.binned
            let leaves = try context.workers.map(partitions.count) { index in
                try context.cancellation.check()
                return binned.leaves(partitions[index])
            }
            let tuples = LeafTuples(leaves, unitCount: columns.assignment.count)
            return CrossedLeaves(columns: columns, leaves: tuples, request: request).answer()
        }
    }

    private mutating func level(
        _ nodes: [NodePath], _ covariates: [Int], _ request: SumsRequest, _ context: RunContext
    ) throws -> SumsAnswer {
        var own = takeFrontier(for: request)
        if !own.reach(nodes) {
            own = UnitFrontier(columns, request)
            _ = own.reach(nodes)
        }
        let reached = own
        let tables = try context.workers.map(covariates.count) { index in
            try context.cancellation.check()
            return reached.table(nodes, covariate: covariates[index])
        }
        frontier = reached
        return SumsAnswer(shape: columns.shape(request), tables: tables)
    }

    /// The lists kept, where they are of the units asked about, or new ones. Nothing else holds them then, so that they can
    /// be divided in place.
    private mutating func takeFrontier(for request: SumsRequest) -> UnitFrontier {
        defer { frontier = nil }
        guard let frontier, frontier.serves(request) else { return UnitFrontier(columns, request) }
        return frontier
    }
}
