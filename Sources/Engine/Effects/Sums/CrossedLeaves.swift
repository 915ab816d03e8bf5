import Experiments

/// The sums of tuples of leaves from units in memory.
struct CrossedLeaves {
    let columns: UnitColumns
    let leaves: LeafTuples
    let request: SumsRequest

    /// - Complexity: O(units x groups x outcomes).
    func answer() -> SumsAnswer {
        let arms = request.arms ?? [0]
        let cells = UnitCells(
            cellOf: leaves.tupleOf, cellCount: leaves.tuples.count,
            assignment: request.arms == nil ? columns.assignment.map { _ in 0 } : columns.assignment,
            armCount: request.arms == nil ? 1 : columns.armCount, propensity: columns.propensity)
        let counts = (request.summed + request.counted).map {
            cells.counts(units: columns.range($0), included: columns.members($0))
        }
        let sums = request.summed.map { group in
            request.outcomes.map {
                cells.sums(
                    of: columns.outcomes[$0], units: columns.range(group), included: columns.members(group))
            }
        }
        let kept = leaves.tuples.indices.filter { tuple in
            counts.contains { group in arms.contains { group[tuple * cells.armCount + $0] > 0 } }
        }
        let shape = columns.shape(request)
        var table = SumsTable(binCount: 1, cellCount: kept.count, shape: shape)
        for (cell, tuple) in kept.enumerated() {
            for (position, arm) in arms.enumerated() {
                let index = tuple * cells.armCount + arm
                for group in request.summed.indices {
                    for outcome in request.outcomes.indices {
                        let sum = shape.sum(bin: cell, arm: position, outcome: outcome, group: group)
                        for lane in 0..<shape.width {
                            table.sums[sum + lane] = sums[group][outcome][index * shape.width + lane]
                        }
                    }
                }
                for group in request.counted.indices {
                    table.counts[shape.count(bin: cell, arm: position, group: group)] =
                        counts[request.summed.count + group][index]
                }
            }
        }
        return SumsAnswer(shape: shape, tables: [table], tuples: kept.map { leaves.tuples[$0] })
    }
}
