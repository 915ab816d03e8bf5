import Runtime
import Statistics

/// How strong a confounder is, as robustness values count it (Cinelli & Hazlett 2020): the share of the residual variance that it
/// explains of the arm, given the covariates, and of the outcome, given the covariates and the arm.
package struct ConfounderStrength: Sendable, Equatable, Codable {
    package let arm: Double
    package let value: Double

    /// - Parameters:
    ///   - covariates: by column, of every unit.
    package init(_ confounder: [Double], arm: [Double], value: [Double], covariates: [[Double]]) {
        self.arm = Self.partialShare(of: arm, by: confounder, given: covariates)
        self.value = Self.partialShare(of: value, by: confounder, given: covariates + [arm])
    }

    /// 1 less the ratio of the residual sums of squares with and without a regressor.
    private static func partialShare(of target: [Double], by regressor: [Double], given columns: [[Double]]) -> Double {
        let own = target.residuals(given: columns)
        let other = regressor.residuals(given: columns)
        func product(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
        let squares = product(own, own) * product(other, other)
        guard squares > 0 else { return 0 }
        let shared = product(own, other)
        return shared * shared / squares
    }
}

extension [Double] {
    /// What least squares with a constant leaves of a target.
    func residuals(given columns: [[Double]]) -> [Double] {
        let design = [[Double](repeating: 1, count: count)] + columns
        let gram = DenseMatrix(rowCount: design.count, columnCount: design.count) { row, column in
            zip(design[row], design[column]).reduce(0) { $0 + $1.0 * $1.1 }
        }
        let right = design.map { column in zip(column, self).reduce(0) { $0 + $1.0 * $1.1 } }
        guard let solution = Cholesky(gram)?.solve(right) else { return self }
        return indices.map { unit in self[unit] - design.indices.reduce(0) { $0 + solution[$1] * design[$1][unit] } }
    }
}
