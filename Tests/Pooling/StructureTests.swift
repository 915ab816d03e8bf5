import Pooling
import Runtime
import Statistics
import Testing

struct StructureTests {
    /// Exact ranks under noise of a tenth of the smallest direction.
    @Test(arguments: [1, 3, 5]) func rankIsFoundUnderNoise(rank: Int) throws {
        var random = RandomStream(seed: UInt64(rank))
        let (rows, columns) = (120, 24)
        let left = (0..<rows).map { _ in (0..<rank).map { _ in random.normal() } }
        let right = (0..<columns).map { _ in (0..<rank).map { _ in random.normal() } }
        let matrix = DenseMatrix(rowCount: rows, columnCount: columns) { row, column in
            zip(left[row], right[column]).reduce(0.1 * random.normal()) { $0 + $1.0 * $1.1 }
        }
        let found = try EffectiveRank(matrix, seed: 1, context: RunContext())
        #expect(found.best == rank)
        #expect(found.oneStandardError == rank)
        #expect(try EffectiveRank(matrix, seed: 1, context: RunContext(workers: Workers(count: 1))) == found)
    }

    @Test func alikeStandSideBySide() {
        // 0, 2 and 4 are alike, and so are 1 and 3.
        let distances = (0..<5).map { row in (0..<5).map { row == $0 ? 0.0 : (row + $0) % 2 == 0 ? 0.1 : 1.0 } }
        let order = HierarchicalOrder.of(distances)
        #expect(order.sorted() == [0, 1, 2, 3, 4])
        let parities = order.map { $0 % 2 }
        #expect(zip(parities, parities.dropFirst()).count { $0 != $1 } == 1)
    }
}
