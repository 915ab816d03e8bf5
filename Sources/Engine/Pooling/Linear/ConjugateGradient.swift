import Statistics

/// Solves a symmetric positive definite system whose unknown is a matrix, given as what it does to one (preconditioned
/// conjugate gradients; Hestenes & Stiefel 1952).
enum ConjugateGradient {
    /// - Parameters:
    ///   - start: a guess.
    ///   - steps: at most so many.
    ///   - tolerance: of the preconditioned residual against that of the right side.
    ///   - operation: the system.
    ///   - preconditioner: about its inverse.
    static func solve(
        _ right: DenseMatrix, start: DenseMatrix, steps: Int, tolerance: Double,
        operation: (DenseMatrix) throws -> DenseMatrix, preconditioner: (DenseMatrix) -> DenseMatrix
    ) rethrows -> DenseMatrix {
        var solution = start
        var residual = right.adding(try operation(start), times: -1)
        let goal = tolerance * tolerance * max(right.values.dot(preconditioner(right).values), .leastNormalMagnitude)
        var improved = preconditioner(residual)
        var direction = improved
        var size = residual.values.dot(improved.values)
        for _ in 0..<steps where size > goal {
            let moved = try operation(direction)
            let curvature = direction.values.dot(moved.values)
            guard curvature > 0 else { break }
            let length = size / curvature
            solution = solution.adding(direction, times: length)
            residual = residual.adding(moved, times: -length)
            improved = preconditioner(residual)
            let next = residual.values.dot(improved.values)
            direction = improved.adding(direction, times: next / size)
            size = next
        }
        return solution
    }
}
