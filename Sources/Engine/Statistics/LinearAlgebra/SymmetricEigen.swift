import CLAPACKE

/// Eigenvalues and eigenvectors of a symmetric matrix, largest first (LAPACK dsyevd).
package struct SymmetricEigen: Sendable {
    /// In descending order.
    package let values: [Double]
    /// Column i belongs to value i; its entry of largest size is positive, so that signs are decided.
    package let vectors: DenseMatrix

    /// - Complexity: O(n³).
    package init(_ matrix: DenseMatrix) {
        let n = matrix.rowCount
        precondition(matrix.columnCount == n)
        var entries = matrix.values
        var ascending = [Double](repeating: 0, count: n)
        _ = LAPACKE_dsyevd(
            LAPACK_COL_MAJOR, CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "L")), Int32(n), &entries,
            Int32(max(1, n)), &ascending)
        values = ascending.reversed()
        var columns: [Double] = []
        columns.reserveCapacity(n * n)
        for column in (0..<n).reversed() {
            let own = entries[column * n..<(column + 1) * n]
            let largest = own.max { abs($0) < abs($1) } ?? 0
            columns += largest < 0 ? own.map { -$0 } : Array(own)
        }
        vectors = DenseMatrix(rowCount: n, columnCount: n, values: columns)
    }
}
