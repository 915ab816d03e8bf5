/// A small dense matrix of doubles, column-major as LAPACK wants it.
package struct DenseMatrix: Sendable, Equatable {
    package let rowCount: Int
    package let columnCount: Int
    /// Entry (row, column) at column * rowCount + row.
    package private(set) var values: [Double]

    /// - Parameter values: column after column.
    package init(rowCount: Int, columnCount: Int, values: [Double]) {
        precondition(values.count == rowCount * columnCount)
        self.rowCount = rowCount
        self.columnCount = columnCount
        self.values = values
    }

    package init(rowCount: Int, columnCount: Int) {
        self.init(
            rowCount: rowCount, columnCount: columnCount,
            values: [Double](repeating: 0, count: rowCount * columnCount))
    }

    /// A matrix from its entries.
    package init(rowCount: Int, columnCount: Int, _ entry: (Int, Int) -> Double) {
        var values: [Double] = []
        values.reserveCapacity(rowCount * columnCount)
        for column in 0..<columnCount {
            for row in 0..<rowCount { values.append(entry(row, column)) }
        }
        self.init(rowCount: rowCount, columnCount: columnCount, values: values)
    }

    package subscript(row: Int, column: Int) -> Double {
        get { values[column * rowCount + row] }
        set { values[column * rowCount + row] = newValue }
    }

    /// The product with a column vector of `columnCount` entries.
    /// - Complexity: O(rows x columns).
    package static func * (matrix: DenseMatrix, vector: [Double]) -> [Double] {
        precondition(vector.count == matrix.columnCount)
        var product = [Double](repeating: 0, count: matrix.rowCount)
        for (column, factor) in vector.enumerated() where factor != 0 {
            let start = column * matrix.rowCount
            for row in 0..<matrix.rowCount { product[row] += matrix.values[start + row] * factor }
        }
        return product
    }
}
