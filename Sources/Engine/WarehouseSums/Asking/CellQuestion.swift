import Experiments
import Runtime
import Warehouses

extension EngineSums {
    /// The sums of the cells of a crossing by part and arm, with the products of outcomes.
    /// - Parameter partitions: each given by the leaves of a tree.
    /// - Returns: the tuple of leaves of each cell that has units, ascending, and the sums in their order.
    /// - Throws: as `answer`.
    package func cellSums(
        crossing partitions: [[NodePath]], context: RunContext
    ) throws -> (tuples: [[UInt16]], sums: CellSums) {
        let dialect = connection.dialect
        let text = CellText(codes: codes)
        let outcomes = (0..<outcomeCount).map { dialect.double("y\($0)") }
        let products = (0..<outcomeCount).flatMap { j in (0...j).map { "sum(\(outcomes[j]) * \(outcomes[$0]))" } }
        let sums = outcomes.map { "sum(\($0))" } + products
        let keys = partitions.map(text.number) + ["g", "w"]
        let places = keys.indices.map { "\($0 + 1)" }.joined(separator: ", ")
        let answer = try connection.ask(
            "SELECT \((keys + ["count(*)"] + sums).joined(separator: ", ")) FROM \(Self.table) GROUP BY \(places)",
            keys.map { _ in .integer } + [.integer] + sums.map { _ in .double }, cancellation: context.cancellation)
        let leaves = partitions.indices.map { answer[$0].integers }
        let tupleOf = (0..<answer.rowCount).map { row in leaves.map { UInt16($0[row] ?? 0) } }
        let tuples = Set(tupleOf).sorted { $0.lexicographicallyPrecedes($1) }
        let cellOf = Dictionary(uniqueKeysWithValues: tuples.enumerated().map { ($1, $0) })
        return (
            tuples,
            CellSums(
                answer, leading: partitions.count, armCount: armCount, outcomeCount: outcomeCount,
                cellCount: tuples.count
            ) { cellOf[tupleOf[$0]] }
        )
    }
}
