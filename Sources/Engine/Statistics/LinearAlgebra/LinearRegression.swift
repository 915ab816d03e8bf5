import Foundation

/// Weighted least squares with heteroskedasticity-robust standard errors (HC1; White 1980, MacKinnon & White 1985).
package struct LinearRegression: Sendable {
    /// One per regressor.
    package let coefficients: [Double]
    /// The robust covariance of the coefficients.
    package let covariance: DenseMatrix
    /// Sum of weighted squared residuals.
    package let residualSum: Double
    package let observationCount: Int

    /// Regresses on the columns of a design.
    /// - Parameters:
    ///   - design: observations x regressors, a column of ones included where an intercept is wanted.
    ///   - weights: one per observation; nil weighs all alike.
    /// - Returns: nil where the columns are linearly dependent or outnumber the observations.
    /// - Complexity: O(observations x regressors²).
    package init?(_ design: DenseMatrix, _ response: [Double], weights: [Double]? = nil) {
        let n = design.rowCount
        let p = design.columnCount
        precondition(response.count == n && (weights?.count ?? n) == n)
        guard n > p, p > 0 else { return nil }
        func column(_ j: Int) -> ArraySlice<Double> { design.values[j * n..<(j + 1) * n] }
        // Columns are scaled to unit length, so that dependence shows as a small pivot whatever their units.
        let lengths = (0..<p).map { j -> Double in
            let sum = zip(column(j), 0..<n).reduce(0) { $0 + $1.0 * $1.0 * (weights?[$1.1] ?? 1) }
            return sum.squareRoot()
        }
        guard lengths.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
        var gram = DenseMatrix(rowCount: p, columnCount: p)
        var moments = [Double](repeating: 0, count: p)
        for j in 0..<p {
            let left = column(j)
            var weighted = [Double](left)
            if let weights { for row in 0..<n { weighted[row] *= weights[row] } }
            for row in 0..<n { moments[j] += weighted[row] * response[row] }
            moments[j] /= lengths[j]
            for k in 0...j {
                var sum = 0.0
                for (a, b) in zip(weighted, column(k)) { sum += a * b }
                sum /= lengths[j] * lengths[k]
                gram[j, k] = sum
                gram[k, j] = sum
            }
        }
        guard let cholesky = Cholesky(gram), (0..<p).allSatisfy({ cholesky.factor[$0, $0] > 1e-6 }) else { return nil }
        let scaled = cholesky.solve(moments)
        let found = zip(scaled, lengths).map { $0 / $1 }
        let fitted = design * found
        var meat = DenseMatrix(rowCount: p, columnCount: p)
        var sum = 0.0
        var scores = [Double](repeating: 0, count: n)
        for row in 0..<n {
            let residual = response[row] - fitted[row]
            let weight = weights?[row] ?? 1
            sum += weight * residual * residual
            scores[row] = weight * residual
        }
        for j in 0..<p {
            let left = zip(column(j), scores).map { $0 * $1 * $1 }
            for k in 0...j {
                var entry = 0.0
                for (a, b) in zip(left, column(k)) { entry += a * b }
                entry /= lengths[j] * lengths[k]
                meat[j, k] = entry
                meat[k, j] = entry
            }
        }
        let half = cholesky.solve(meat)
        let transposed = DenseMatrix(rowCount: p, columnCount: p) { half[$1, $0] }
        let sandwich = cholesky.solve(transposed)
        let correction = Double(n) / Double(n - p)
        coefficients = found
        covariance = DenseMatrix(rowCount: p, columnCount: p) {
            correction * sandwich[$0, $1] / (lengths[$0] * lengths[$1])
        }
        residualSum = sum
        observationCount = n
    }

    package func standardError(_ index: Int) -> Double { max(0, covariance[index, index]).squareRoot() }
}
