import CLAPACKE

/// min |A z - b| over z >= 0, by active sets (Lawson & Hanson 1974, chapter 23).
package struct NonnegativeLeastSquares: Sendable, Equatable {
    /// One per column of A.
    package let solution: [Double]
    /// |A z - b|.
    package let residual: Double

    /// What counts as no slope and as no value, relative to unit columns and to |b|.
    private static let tolerance = 1e-11

    /// - Complexity: a least-squares solve of the active columns per step, some steps per column.
    package init(_ matrix: DenseMatrix, _ right: [Double]) {
        let rows = matrix.rowCount
        let columns = matrix.columnCount
        precondition(right.count == rows)
        // Unit columns, so that slopes compare and dependence shows whatever the columns' units.
        let lengths = (0..<columns).map { Self.length(matrix.values[$0 * rows..<($0 + 1) * rows]) }
        let unit = DenseMatrix(rowCount: rows, columnCount: columns) {
            lengths[$1] > 0 ? matrix[$0, $1] / lengths[$1] : 0
        }
        let size = Self.length(right[...])
        var active: [Int] = []
        var z = [Double](repeating: 0, count: columns)
        func rest() -> [Double] { zip(right, unit * z).map { $0 - $1 } }
        search: for _ in 0..<(10 * (columns + 1)) {
            let residuals = rest()
            let slopes = (0..<columns).map { column in
                (0..<rows).reduce(0.0) { $0 + unit[$1, column] * residuals[$1] }
            }
            let idle = (0..<columns).filter { !active.contains($0) && lengths[$0] > 0 }
            guard active.count < rows, let steepest = idle.max(by: { slopes[$0] < slopes[$1] }),
                slopes[steepest] > Self.tolerance * max(size, .leastNormalMagnitude)
            else { break }
            active.append(steepest)
            // Back off to the boundary until every active entry is positive.
            while !active.isEmpty {
                guard let trial = Self.solve(unit, active, right) else {
                    // A column in the span of the others has no slope but for rounding.
                    active.removeLast()
                    break search
                }
                let least = zip(active, trial).filter { $0.1 <= Self.tolerance * size }
                guard !least.isEmpty else {
                    for (column, value) in zip(active, trial) { z[column] = value }
                    break
                }
                let share = least.map { z[$0.0] / max(z[$0.0] - $0.1, .leastNormalMagnitude) }.min() ?? 0
                for (column, value) in zip(active, trial) { z[column] += share * (value - z[column]) }
                let kept = active.filter { z[$0] > Self.tolerance * size }
                for column in active where !kept.contains(column) { z[column] = 0 }
                // The step must lose a column, or it would be tried again for ever.
                active = kept.count < active.count ? kept : Array(kept.dropLast())
            }
        }
        residual = Self.length(rest()[...])
        solution = z.indices.map { lengths[$0] > 0 ? z[$0] / lengths[$0] : 0 }
    }

    private static func length(_ values: ArraySlice<Double>) -> Double {
        values.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }

    /// The unconstrained least squares on some columns by QR (LAPACK dgels); nil where they are dependent.
    private static func solve(_ matrix: DenseMatrix, _ columns: [Int], _ right: [Double]) -> [Double]? {
        let rows = matrix.rowCount
        var factors = columns.flatMap { matrix.values[$0 * rows..<($0 + 1) * rows] }
        var values = right
        let failed = LAPACKE_dgels(
            LAPACK_COL_MAJOR, CChar(UInt8(ascii: "N")), Int32(rows), Int32(columns.count), 1, &factors,
            Int32(rows), &values, Int32(rows))
        guard failed == 0, columns.indices.allSatisfy({ abs(factors[$0 * rows + $0]) > 1e-10 }) else { return nil }
        return Array(values[..<columns.count])
    }
}
