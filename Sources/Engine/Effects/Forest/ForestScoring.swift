import CKernels
import Runtime

/// Walks units down the trees of a forest, a chunk of units at a time.
struct ForestScoring: Sendable {
    let trees: [ForestTree]
    /// Encoded values, one column per covariate.
    let columns: [[Float]]
    /// Units for which a bag does not count, by bag and unit; nil counts every bag for every unit.
    let isLeftOut: (@Sendable (Int, Int) -> Bool)?

    /// The leaves that one chunk of units reached.
    struct Chunk {
        let units: ArraySlice<Int>
        /// At tree * units.count + position: number of the leaf, `absent` where the tree does not count.
        fileprivate let leaves: [UInt32]
        fileprivate let trees: [ForestTree]

        fileprivate static let absent = UInt32.max

        /// The means of a unit's leaf; nil where the tree does not count for it.
        func lanes(tree: Int, position: Int) -> SIMD4<Double>? {
            let leaf = leaves[tree * units.count + position]
            return leaf == Self.absent ? nil : trees[tree].means[Int(leaf)].lanes
        }
    }

    private static let chunk = 1_024

    /// The values of `body` for chunks of the units, in their order.
    /// - Throws: `CancellationError`.
    /// - Complexity: O(units x trees x depth), parallel over chunks.
    func map<Value: Sendable>(
        _ units: [Int], context: RunContext, _ body: @Sendable (Chunk) -> [Value]
    ) throws -> [Value] {
        let starts = Array(stride(from: 0, to: units.count, by: Self.chunk))
        return try context.workers.map(starts.count) { index -> [Value] in
            try context.cancellation.check()
            return body(chunk(units[starts[index]..<min(starts[index] + Self.chunk, units.count)]))
        }.flatMap { $0 }
    }

    private func chunk(_ units: ArraySlice<Int>) -> Chunk {
        let width = max(1, columns.count)
        var values = [Float](repeating: 0, count: units.count * width)
        for (covariate, column) in columns.enumerated() {
            for (position, unit) in units.enumerated() { values[position * width + covariate] = column[unit] }
        }
        let everyone = Array(0..<UInt32(units.count))
        var leaves = [UInt32](repeating: Chunk.absent, count: trees.count * units.count)
        var reached = everyone
        for bag in 0..<trees.count / 2 {
            let rows =
                isLeftOut.map { isLeftOut in
                    everyone.filter { !isLeftOut(bag, units[units.startIndex + Int($0)]) }
                } ?? everyone
            for tree in 2 * bag..<2 * bag + 2 where !trees[tree].isEmpty {
                espalier_forest_walk(
                    trees[tree].nodes, trees[tree].levels, values, width, rows, rows.count, &reached)
                for (row, leaf) in zip(rows, reached) { leaves[tree * units.count + Int(row)] = leaf }
            }
        }
        return Chunk(units: units, leaves: leaves, trees: trees)
    }
}
