import Experiments
import Runtime

/// The sums of whole nodes from units in memory: the units of each group walk down the tree once.
struct NodeTotals: Sendable {
    let columns: UnitColumns
    let request: SumsRequest
    let tree: PathTree

    /// One group and two arms of the request: units that walk down together.
    private struct Walk: Sendable {
        let arms: ArmPair
        /// Position among the groups summed, or counted.
        let group: Int
        let isSummed: Bool
    }

    /// The sums of two arms in one cell.
    private struct PairTotals: Sendable {
        /// By outcome.
        var sums: [(ArmSums, ArmSums)] = []
        var counts: (Int, Int) = (0, 0)
    }

    /// - Parameter nodes: how many nodes the request names.
    /// - Throws: `CancellationError`.
    func answer(nodes: Int, context: RunContext) throws -> SumsAnswer {
        let walks = ArmPair.pairs(request.arms).flatMap { arms in
            request.summed.indices.map { Walk(arms: arms, group: $0, isSummed: true) }
                + request.counted.indices.map { Walk(arms: arms, group: $0, isSummed: false) }
        }
        let totals = try context.workers.map(walks.count) { index in
            try context.cancellation.check()
            return self.totals(walks[index], nodes: nodes)
        }
        let shape = columns.shape(request)
        var table = SumsTable(binCount: 1, cellCount: nodes, shape: shape)
        for (walk, cells) in zip(walks, totals) {
            for (cell, pair) in cells.enumerated() {
                for arm in 0..<walk.arms.count {
                    let position = walk.arms.position + arm
                    if walk.isSummed {
                        for (outcome, sums) in pair.sums.enumerated() {
                            (arm == 0 ? sums.0 : sums.1).write(
                                to: &table.sums,
                                at: shape.sum(bin: cell, arm: position, outcome: outcome, group: walk.group),
                                isWeighted: shape.isWeighted)
                        }
                    } else {
                        table.counts[shape.count(bin: cell, arm: position, group: walk.group)] =
                            Double(arm == 0 ? pair.counts.0 : pair.counts.1)
                    }
                }
            }
        }
        return SumsAnswer(shape: shape, tables: [table])
    }

    /// - Returns: by position of the node.
    /// - Complexity: O(units of the group x depth).
    private func totals(_ walk: Walk, nodes: Int) -> [PairTotals] {
        let group = (walk.isSummed ? request.summed : request.counted)[walk.group]
        var entries = ContrastEntries(columns.entries(group, arms: walk.arms))
        var cells = [PairTotals](repeating: PairTotals(), count: nodes)
        entries.descend(columns.binned, branch: tree.branch) { node, range, entries in
            guard let cell = tree.position(node) else { return }
            if walk.isSummed {
                cells[cell].sums = request.outcomes.map { outcome in
                    let sums = entries.armSums(range, values: columns.outcomes[outcome], weights: columns.weights)
                    return (sums.control, sums.treated)
                }
            } else {
                let treated = entries.treated(range)
                cells[cell].counts = (range.count - treated, treated)
            }
        }
        return cells
    }
}
