/// A factor F of a symmetric positive semidefinite matrix A = F F' by pivoted Cholesky: F times independent normals has
/// covariance A, whatever its rank.
package struct SemidefiniteFactor: Sendable, Equatable {
    /// n x rank.
    package let matrix: DenseMatrix
    package var rank: Int { matrix.columnCount }

    /// What is left of the diagonal below this share of its largest entry is rounding.
    private static let tolerance = 1e-10

    /// - Complexity: O(n² rank).
    package init(_ matrix: DenseMatrix) {
        let n = matrix.rowCount
        precondition(matrix.columnCount == n)
        var remaining = (0..<n).map { matrix[$0, $0] }
        let smallest = Self.tolerance * (remaining.max() ?? 0)
        var columns: [[Double]] = []
        while columns.count < n, let pivot = remaining.indices.max(by: { remaining[$0] < remaining[$1] }),
            remaining[pivot] > max(smallest, 0)
        {
            let root = remaining[pivot].squareRoot()
            let column = (0..<n).map { row -> Double in
                let known = columns.reduce(0.0) { $0 + $1[row] * $1[pivot] }
                return (matrix[row, pivot] - known) / root
            }
            for row in 0..<n { remaining[row] -= column[row] * column[row] }
            remaining[pivot] = 0
            columns.append(column)
        }
        self.matrix = DenseMatrix(rowCount: n, columnCount: columns.count, values: columns.flatMap { $0 })
    }
}
