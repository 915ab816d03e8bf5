import Statistics

/// A ridge regression of every outcome of one task on its features: what a T-learner without a pool does.
struct TaskRidge: Sendable {
    /// One column per outcome of the task.
    let coefficients: [[Double]]
    let intercepts: [Double]

    /// - Parameter ridge: added to the products of the features; 0 leaves out what the units do not determine.
    /// - Complexity: O(width³).
    init(_ task: CentredTask, ridge: Double) {
        let coefficients: [[Double]]
        if ridge > 0, let factor = Cholesky(task.gram.addingToDiagonal(ridge)) {
            coefficients = task.cross.map { factor.solve($0) }
        } else {
            // The shortest of the least-squares solutions.
            let eigen = SymmetricEigen(task.gram)
            let smallest = 1e-10 * (eigen.values.first ?? 0)
            coefficients = task.cross.map { cross in
                var solution = [Double](repeating: 0, count: cross.count)
                for (index, value) in eigen.values.enumerated() where value > smallest && value > 0 {
                    let vector = eigen.vectors.column(index)
                    solution = solution.adding(vector, times: vector.dot(cross) / value)
                }
                return solution
            }
        }
        self.coefficients = coefficients
        intercepts = coefficients.indices.map { task.intercept($0, coefficients: coefficients[$0]) }
    }
}
