import Effects
import Experiments
import Runtime

extension CohortPartition {
    /// Finds the cohorts from sums. Trees of one shape are crossed once.
    /// - Throws: `CancellationError`, or what the provider throws.
    package static func find(
        _ trees: [CausalTree], _ source: some SumsProvider, context: RunContext
    ) throws -> CohortPartition {
        var shapes: [[NodePath]] = []
        let shapeOf = trees.map { tree in
            let paths = tree.leafPaths
            if let known = shapes.firstIndex(of: paths) { return known }
            shapes.append(paths)
            return shapes.count - 1
        }
        var provider = source
        let crossed = try provider.answer(request(crossing: shapes), context: context)
        return CohortPartition(
            SumsAnswer(
                shape: crossed.shape, tables: crossed.tables,
                tuples: crossed.tuples.map { tuple in shapeOf.map { tuple[$0] } }))
    }

    /// Finds the cohorts of units in memory.
    /// - Parameter leaves: the leaf of every unit, one column per tree.
    /// - Returns: the partition, and the cohort of every unit.
    /// - Complexity: O(units x trees) time, O(cohorts x leaves of a tree) memory beside the result.
    package static func find(leaves: [[UInt16]], unitCount: Int, tuneCount: Int) -> (CohortPartition, of: [UInt32]) {
        let merged = LeafTuples(leaves, unitCount: unitCount)
        let partition = CohortPartition(merged.answer(tuneCount: tuneCount))
        let cohorts = merged.tuples.compactMap { partition.index(of: $0).map { UInt32($0) } }
        return (partition, merged.tupleOf.map { cohorts[Int($0)] })
    }
}
