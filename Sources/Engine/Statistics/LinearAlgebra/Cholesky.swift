import CLAPACKE
import Foundation

/// The factor L of a symmetric positive definite matrix A = L L' (LAPACK dpotrf), and what it solves.
package struct Cholesky: Sendable {
    /// Lower triangular; what stands above the diagonal is zero.
    package let factor: DenseMatrix

    /// nil where the matrix is not positive definite to working precision.
    /// - Complexity: O(n³).
    package init?(_ matrix: DenseMatrix) {
        precondition(matrix.rowCount == matrix.columnCount)
        let n = matrix.rowCount
        var values = matrix.values
        let failed = LAPACKE_dpotrf(
            LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), Int32(n), &values, Int32(max(1, n)))
        guard failed == 0 else { return nil }
        for column in 1..<max(1, n) {
            for row in 0..<column { values[column * n + row] = 0 }
        }
        factor = DenseMatrix(rowCount: n, columnCount: n, values: values)
    }

    /// A⁻¹ b, for one or several right-hand sides side by side.
    package func solve(_ right: DenseMatrix) -> DenseMatrix {
        let n = factor.rowCount
        precondition(right.rowCount == n)
        var values = right.values
        _ = LAPACKE_dpotrs(
            LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), Int32(n), Int32(right.columnCount), factor.values,
            Int32(max(1, n)), &values, Int32(max(1, n)))
        return DenseMatrix(rowCount: n, columnCount: right.columnCount, values: values)
    }

    /// A⁻¹ b.
    package func solve(_ right: [Double]) -> [Double] {
        solve(DenseMatrix(rowCount: right.count, columnCount: 1, values: right)).values
    }

    /// L⁻¹ b, whose squared length is b' A⁻¹ b.
    package func forward(_ right: DenseMatrix) -> DenseMatrix {
        let n = factor.rowCount
        precondition(right.rowCount == n)
        var values = right.values
        _ = LAPACKE_dtrtrs(
            LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), CChar(UInt8(ascii: "N")), CChar(UInt8(ascii: "N")),
            Int32(n), Int32(right.columnCount), factor.values, Int32(max(1, n)), &values,
            Int32(max(1, n)))
        return DenseMatrix(rowCount: n, columnCount: right.columnCount, values: values)
    }

    /// A⁻¹ (LAPACK dpotri).
    package var inverse: DenseMatrix {
        let n = factor.rowCount
        var values = factor.values
        _ = LAPACKE_dpotri(
            LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), Int32(n), &values, Int32(max(1, n)))
        for column in 1..<max(1, n) {
            for row in 0..<column { values[column * n + row] = values[row * n + column] }
        }
        return DenseMatrix(rowCount: n, columnCount: n, values: values)
    }

    /// log det A.
    package var logDeterminant: Double {
        (0..<factor.rowCount).reduce(0) { $0 + 2 * log(factor[$1, $1]) }
    }
}
