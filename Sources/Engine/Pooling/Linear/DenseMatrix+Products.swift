import CKernels
import Statistics

extension DenseMatrix {
    /// The product of two matrices, every entry summed in the order of the inner index.
    /// - Complexity: O(rows x columns x inner).
    static func * (left: DenseMatrix, right: DenseMatrix) -> DenseMatrix {
        precondition(left.columnCount == right.rowCount)
        let (rows, columns, inner) = (left.rowCount, right.columnCount, left.columnCount)
        var values = [Double](repeating: 0, count: rows * columns)
        // Column-major matrices are the rows of their transposes: C' = B' A'.
        espalier_multiply_add_doubles(
            &values, rows, right.values, inner, 1, left.values, rows, columns, rows, inner)
        return DenseMatrix(rowCount: rows, columnCount: columns, values: values)
    }

    static func + (left: DenseMatrix, right: DenseMatrix) -> DenseMatrix {
        precondition(left.rowCount == right.rowCount && left.columnCount == right.columnCount)
        return DenseMatrix(
            rowCount: left.rowCount, columnCount: left.columnCount, values: left.values.adding(right.values, times: 1))
    }

    /// left + factor * right.
    func adding(_ right: DenseMatrix, times factor: Double) -> DenseMatrix {
        DenseMatrix(
            rowCount: rowCount, columnCount: columnCount, values: values.adding(right.values, times: factor))
    }

    func scaled(by factor: Double) -> DenseMatrix {
        DenseMatrix(rowCount: rowCount, columnCount: columnCount, values: values.map { $0 * factor })
    }

    /// The same with a number added to the diagonal.
    func addingToDiagonal(_ value: Double) -> DenseMatrix {
        var result = self
        for index in 0..<min(rowCount, columnCount) { result[index, index] += value }
        return result
    }

    var transposed: DenseMatrix {
        var turned = [Double](repeating: 0, count: values.count)
        for column in 0..<columnCount {
            for row in 0..<rowCount { turned[row * columnCount + column] = values[column * rowCount + row] }
        }
        return DenseMatrix(rowCount: columnCount, columnCount: rowCount, values: turned)
    }

    func column(_ index: Int) -> [Double] { Array(values[index * rowCount..<(index + 1) * rowCount]) }

    /// The first columns.
    func prefix(_ count: Int) -> DenseMatrix {
        DenseMatrix(rowCount: rowCount, columnCount: count, values: Array(values.prefix(count * rowCount)))
    }

    /// Columns side by side.
    init(columns: [[Double]], rowCount: Int) {
        self.init(rowCount: rowCount, columnCount: columns.count, values: columns.flatMap { $0 })
    }

    /// The transpose times a vector.
    func transposedProduct(_ vector: [Double]) -> [Double] {
        precondition(vector.count == rowCount)
        return (0..<columnCount).map { column in
            var sum = 0.0
            for row in 0..<rowCount { sum += values[column * rowCount + row] * vector[row] }
            return sum
        }
    }
}

extension [Double] {
    func dot(_ other: [Double]) -> Double {
        var sum = 0.0
        for index in indices { sum += self[index] * other[index] }
        return sum
    }

    func adding(_ other: [Double], times factor: Double) -> [Double] {
        var result = self
        for index in indices { result[index] += factor * other[index] }
        return result
    }
}
