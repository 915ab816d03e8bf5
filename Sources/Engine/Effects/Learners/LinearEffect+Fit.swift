import Statistics

extension LinearEffect {
    /// Double machine learning (Chernozhukov et al. 2018): least squares of outcome residuals on treatment residuals times
    /// (1, x), which estimates the linear projection of tau; robust covariance (HC1).
    /// - Parameters:
    ///   - features: row-major.
    ///   - treatment: W - p by row.
    ///   - outcome: Y - m by row.
    /// - Returns: nil where the terms are too dependent to be separated.
    /// - Complexity: O(rows x terms²).
    static func fit(
        _ basis: LinearBasis, features: [Float], width: Int, treatment: [Double], outcome: [Double]
    ) -> LinearEffect? {
        let size = basis.terms.count + 1
        let count = treatment.count
        guard count > size else { return nil }
        let gram = LinearSums(terms: basis.terms, features: features, width: width, factors: treatment).gram
        // Columns are scaled to unit length, so that units of the features do not decide what counts as singular.
        let lengths = (0..<size).map { gram[$0, $0].squareRoot() }
        guard lengths.allSatisfy({ $0 > 0 && $0.isFinite }),
            let factor = Cholesky(
                DenseMatrix(rowCount: size, columnCount: size) { gram[$0, $1] / (lengths[$0] * lengths[$1]) })
        else { return nil }
        var moments = [Double](repeating: 0, count: size)
        LinearSums.visit(terms: basis.terms, features: features, width: width, factors: treatment) { row, z in
            for j in 0..<size { moments[j] += z[j] * outcome[row] }
        }
        let solved = factor.solve(zip(moments, lengths).map { $0 / $1 })
        let coefficients = zip(solved, lengths).map { $0 / $1 }
        var meat = [Double](repeating: 0, count: size * size)
        LinearSums.visit(terms: basis.terms, features: features, width: width, factors: treatment) { row, z in
            var residual = outcome[row]
            for j in 0..<size { residual -= coefficients[j] * z[j] }
            for j in 0..<size where z[j] != 0 {
                let left = residual * residual * z[j]
                for k in 0...j { meat[j * size + k] += left * z[k] }
            }
        }
        let scaled = DenseMatrix(rowCount: size, columnCount: size) {
            meat[max($0, $1) * size + min($0, $1)] / (lengths[$0] * lengths[$1])
        }
        let half = factor.solve(scaled)
        let sandwich = factor.solve(DenseMatrix(rowCount: size, columnCount: size) { half[$1, $0] })
        let correction = Double(count) / Double(count - size)
        return LinearEffect(
            intercept: coefficients[0],
            terms: zip(basis.terms, coefficients.dropFirst()).map {
                Term(feature: $0.feature, centre: $0.centre, coefficient: $1)
            },
            covariance: (0..<size * size).map {
                correction * sandwich[$0 % size, $0 / size] / (lengths[$0 % size] * lengths[$0 / size])
            })
    }
}
