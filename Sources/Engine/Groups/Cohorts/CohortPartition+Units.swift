import Effects

extension CohortPartition {
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
