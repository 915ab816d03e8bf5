import Runtime
import Statistics

/// Where the alternating fit starts: a ridge regression for each task, the leading directions of all of them as the
/// representation, and the leading directions of the tasks as theirs.
struct LowRankStart {
    /// Coordinates x d, orthonormal columns.
    let directions: DenseMatrix
    let arms: [[Double]]

    /// - Parameter tasks: in whitened coordinates.
    /// - Complexity: O(tasks x coordinates³).
    init(_ tasks: [CentredTask], dimension: Int, ridge: Double, workers: Workers) throws {
        let ridges = try workers.map(tasks.count) { TaskRidge(tasks[$0], ridge: max(ridge, 1e-6)) }
        let width = tasks.first?.gram.rowCount ?? 0
        var stacked: [[Double]] = []
        for (task, own) in zip(tasks, ridges) {
            let weight = task.count.squareRoot()
            for column in own.coefficients { stacked.append(column.map { $0 * weight }) }
        }
        let matrix = DenseMatrix(columns: stacked, rowCount: width)
        let directions = SymmetricEigen(matrix * matrix.transposed).vectors.prefix(dimension)
        // Tasks that do alike on the outcomes that they share lie close.
        let reduced = ridges.map { $0.coefficients.map(directions.transposedProduct) }
        let alike = DenseMatrix(rowCount: tasks.count, columnCount: tasks.count) { row, column in
            var sum = 0.0
            for (index, outcome) in tasks[row].outcomes.enumerated() {
                guard let other = tasks[column].outcomes.firstIndex(of: outcome) else { continue }
                sum += reduced[row][index].dot(reduced[column][other])
            }
            return sum
        }
        let eigen = SymmetricEigen(alike)
        let kept = min(dimension, tasks.count)
        let total = eigen.values.prefix(kept).reduce(0) { $0 + max(0, $1) }
        arms = tasks.indices.map { task in
            (0..<dimension).map { index in
                guard index < kept, total > 0 else { return 0 }
                let size = (max(0, eigen.values[index]) * Double(tasks.count) / total).squareRoot()
                return eigen.vectors[task, index] * size
            }
        }
        self.directions = directions
    }
}
