/// The Cholesky factor of a symmetric positive semidefinite matrix without the rows that depend on those before them, so
/// that collinear columns of a design cost nothing but their own coefficients.
package struct ReducedCholesky: Sendable {
    /// The rows kept, ascending.
    package let kept: [Int]
    /// Lower triangular, one row for each that was kept.
    private let rows: [[Double]]
    private let size: Int

    /// A row depends on those before it where less than this share of its diagonal is left.
    private static let tolerance = 1e-7

    /// - Parameter matrix: symmetric, only the lower triangle is read.
    /// - Complexity: O(n³).
    package init(_ matrix: [[Double]]) {
        var rows: [[Double]] = []
        var kept: [Int] = []
        for i in matrix.indices {
            var row: [Double] = []
            row.reserveCapacity(kept.count + 1)
            for (place, j) in kept.enumerated() {
                var sum = matrix[i][j]
                for k in 0..<place { sum -= row[k] * rows[place][k] }
                row.append(sum / rows[place][place])
            }
            let rest = row.reduce(matrix[i][i]) { $0 - $1 * $1 }
            guard matrix[i][i] > 0, rest > Self.tolerance * matrix[i][i] else { continue }
            row.append(rest.squareRoot())
            rows.append(row)
            kept.append(i)
        }
        self.rows = rows
        self.kept = kept
        size = matrix.count
    }

    package var rank: Int { kept.count }

    /// L⁻¹ b over the rows kept.
    private func forward(_ right: [Double]) -> [Double] {
        var solved: [Double] = []
        solved.reserveCapacity(rank)
        for (place, i) in kept.enumerated() {
            var value = right[i]
            for k in 0..<place { value -= rows[place][k] * solved[k] }
            solved.append(value / rows[place][place])
        }
        return solved
    }

    /// b' A⁺ b over the rows kept.
    package func quadraticForm(_ right: [Double]) -> Double { forward(right).reduce(0) { $0 + $1 * $1 } }

    /// The solution of A x = b over the rows kept, 0 at the others.
    package func solve(_ right: [Double]) -> [Double] {
        var solved = forward(right)
        for place in kept.indices.reversed() {
            var value = solved[place]
            for k in place + 1..<max(place + 1, rank) { value -= rows[k][place] * solved[k] }
            solved[place] = value / rows[place][place]
        }
        var result = [Double](repeating: 0, count: size)
        for (place, i) in kept.enumerated() { result[i] = solved[place] }
        return result
    }
}
