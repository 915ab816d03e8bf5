import Foundation
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

    /// A public implementation, fold by fold and rank by rank on the same entries left out.
    private struct Golden: Decodable {
        let rows: [[Double]]
        let folds: [[Int]]
        let errors: [Double]
        let best: Int
        let oneStandardError: Int
    }

    /// `Goldens/effective_rank.json`: fancyimpute's IterativeSVD, whose threshold is of squares, on a rank of 3 under noise.
    @Test func errorsByRankAreThoseOfAPublicImplementation() throws {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Goldens/effective_rank.json")
        let golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: path))
        let (rows, columns) = (golden.rows.count, golden.rows[0].count)
        let matrix = DenseMatrix(rowCount: rows, columnCount: columns) { golden.rows[$0][$1] }
        let folds = (0..<columns).flatMap { column in golden.folds.map { $0[column] } }
        let found = try EffectiveRank(matrix, folds: folds, context: RunContext())
        #expect(found.errors.count == golden.errors.count)
        for (own, theirs) in zip(found.errors, golden.errors) { #expect(abs(own - theirs) <= 1e-6 * theirs) }
        #expect(found.best == golden.best)
        #expect(found.oneStandardError == golden.oneStandardError)
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
