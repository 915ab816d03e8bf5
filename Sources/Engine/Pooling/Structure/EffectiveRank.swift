import Runtime
import Statistics

/// How many directions a matrix has beyond noise: Wold-style cross-validation over random entries (Wold 1978; Owen & Perry 2009
/// section 5), each rank's truncated decomposition filled in by expectation-maximisation.
package struct EffectiveRank: Sendable, Equatable, Codable {
    /// The rank of least mean error on entries left out.
    package let best: Int
    /// The least rank whose error lies within one standard error of the best.
    package let oneStandardError: Int
    /// Mean squared error by rank, from 1.
    package let errors: [Double]

    private static let foldCount = 5
    private static let mostRanks = 20
    private static let steps = 20
    private static let tolerance = 1e-4

    /// - Throws: `CancellationError`.
    /// - Complexity: O(folds x ranks x steps x rows x columns²).
    package init(_ matrix: DenseMatrix, seed: UInt64, context: RunContext) throws {
        var random = RandomStream(seed: seed, purpose: "effective rank")
        try self.init(
            matrix, folds: matrix.values.map { _ in random.index(below: Self.foldCount) }, context: context)
    }

    /// - Parameter folds: of every entry, in the order of the matrix's values, from 0 to 4.
    /// - Throws: `CancellationError`.
    package init(_ matrix: DenseMatrix, folds: [Int], context: RunContext) throws {
        let most = max(1, min(Self.mostRanks, min(matrix.rowCount, matrix.columnCount) - 1))
        let errors = try context.workers.map(Self.foldCount) { fold -> [Double] in
            let isLeft = folds.map { $0 == fold }
            let start = Self.filledByMeans(matrix, isLeft)
            return try (1...most).map { rank in
                try context.cancellation.check()
                // From the means for every rank: what a lesser rank has filled in would hide what the greater one overfits.
                let filled = Self.completed(start, isLeft, rank: rank)
                var (sum, count) = (0.0, 0)
                for index in isLeft.indices where isLeft[index] {
                    let error = filled.values[index] - matrix.values[index]
                    sum += error * error
                    count += 1
                }
                return sum / Double(max(1, count))
            }
        }
        let byRank = (0..<most).map { rank in Moments(errors.map { $0[rank] }) }
        self.errors = byRank.map(\.mean)
        let least = byRank.indices.min { byRank[$0].mean < byRank[$1].mean } ?? 0
        let limit = byRank[least].mean + byRank[least].standardError
        best = least + 1
        oneStandardError = (byRank.indices.first { byRank[$0].mean <= limit } ?? least) + 1
    }

    private static func filledByMeans(_ matrix: DenseMatrix, _ isLeft: [Bool]) -> DenseMatrix {
        let rows = matrix.rowCount
        var values = matrix.values
        for column in 0..<matrix.columnCount {
            var (sum, count) = (0.0, 0)
            for index in column * rows..<(column + 1) * rows where !isLeft[index] {
                sum += values[index]
                count += 1
            }
            for index in column * rows..<(column + 1) * rows where isLeft[index] {
                values[index] = sum / Double(max(1, count))
            }
        }
        return DenseMatrix(rowCount: rows, columnCount: matrix.columnCount, values: values)
    }

    /// Fills what was left out from the best approximation of a rank, again and again.
    private static func completed(_ start: DenseMatrix, _ isLeft: [Bool], rank: Int) -> DenseMatrix {
        var filled = start
        for _ in 0..<steps {
            let vectors = SymmetricEigen(filled.transposed * filled).vectors.prefix(rank)
            let near = (filled * vectors) * vectors.transposed
            var (moved, size) = (0.0, 0.0)
            var values = filled.values
            for index in isLeft.indices where isLeft[index] {
                let change = near.values[index] - values[index]
                moved += change * change
                size += near.values[index] * near.values[index]
                values[index] = near.values[index]
            }
            filled = DenseMatrix(rowCount: filled.rowCount, columnCount: filled.columnCount, values: values)
            if moved <= tolerance * tolerance * size { break }
        }
        return filled
    }
}
