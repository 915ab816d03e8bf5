import Experiments
import Runtime

/// Units to be scored by the models of one fold: their covariates both as columns and as rows of features.
struct ScoredRows: Sendable {
    let fold: Int
    /// Indices into the columns, in ascending order.
    let units: [Int]
    /// Encoded covariates of all units, one column each.
    let columns: [[Float]]
    /// Row-major features of `units`.
    let features: [Float]
    let width: Int

    /// The same units with the values of a representation as their features.
    func embedded(_ embedding: Embedding) -> ScoredRows {
        ScoredRows(
            fold: fold, units: units, columns: columns, features: embedding.values(columns, rows: units),
            width: embedding.dimension)
    }

    /// Units scored at a time: bounds the memory of their feature rows.
    private static let chunk = 32_768

    /// Scores all units chunk by chunk, each by the models of its own fold.
    /// - Parameters:
    ///   - columns: encoded covariates, one column each.
    ///   - folds: the fold of every unit.
    ///   - count: columns that `body` gives.
    ///   - body: columns of values for the rows; an empty one stays empty everywhere.
    /// - Returns: the columns, for all units.
    /// - Throws: `CancellationError`, and what `body` throws.
    static func score(
        _ columns: [[Float]], folds: [UInt8], foldCount: Int, encoding: FeatureEncoding, count: Int,
        context: RunContext,
        _ body: @Sendable (ScoredRows) throws -> [[Float]]
    ) throws -> [[Float]] {
        var units = [[Int]](repeating: [], count: foldCount)
        for (unit, fold) in folds.enumerated() { units[Int(fold)].append(unit) }
        let pieces = units.enumerated().flatMap { fold, units in
            stride(from: 0, to: units.count, by: chunk).map {
                (fold: fold, units: Array(units[$0..<min($0 + chunk, units.count)]))
            }
        }
        let values = try context.workers.map(pieces.count) { index -> [[Float]] in
            try context.cancellation.check()
            let (fold, units) = pieces[index]
            let rows = ScoredRows(
                fold: fold, units: units, columns: columns, features: encoding.matrix(columns, rows: units),
                width: encoding.width)
            return try body(rows)
        }
        return (0..<count).map { cell in
            guard values.contains(where: { !$0[cell].isEmpty }) else { return [] }
            var column = [Float](repeating: 0, count: folds.count)
            for (piece, values) in zip(pieces, values) {
                for (unit, value) in zip(piece.units, values[cell]) { column[unit] = value }
            }
            return column
        }
    }
}
