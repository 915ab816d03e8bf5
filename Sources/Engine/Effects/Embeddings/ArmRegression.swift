import Statistics

/// A linear model of an outcome on features of one arm's units, with a sandwich covariance (HC3; MacKinnon & White 1985).
struct ArmRegression {
    /// Intercept first.
    let coefficients: [Double]
    let covariance: DenseMatrix

    /// What every fit adds to the squares of standardised features, so that dependent ones do no harm, as a share of the units.
    private static let least = 1e-6

    /// - Parameters:
    ///   - features: row-major.
    ///   - ridge: added to the squares of the features; the intercept is free.
    /// - Returns: nil where there are too few units to fit on.
    /// - Complexity: O(rows x width²).
    init?(features: [Float], width: Int, outcome: [Double], ridge: Double) {
        let rows = outcome.count
        let size = width + 1
        guard rows > 2 else { return nil }
        let design = DenseMatrix(rowCount: rows, columnCount: size) { row, column in
            column == 0 ? 1 : Double(features[row * width + column - 1])
        }
        func column(_ index: Int) -> ArraySlice<Double> { design.values[index * rows..<(index + 1) * rows] }
        var gram = DenseMatrix(rowCount: size, columnCount: size)
        var moments = [Double](repeating: 0, count: size)
        for j in 0..<size {
            for (a, b) in zip(column(j), outcome) { moments[j] += a * b }
            for k in 0...j {
                var sum = 0.0
                for (a, b) in zip(column(j), column(k)) { sum += a * b }
                gram[j, k] = sum
                gram[k, j] = sum
            }
            if j > 0 { gram[j, j] += max(ridge, Self.least * Double(rows)) }
        }
        guard let factor = Cholesky(gram) else { return nil }
        coefficients = factor.solve(moments)
        let inverse = factor.inverse
        let fitted = design * coefficients
        // The rows of the design times the inverse: leverages, and the halves of the sandwich.
        let halves = (0..<size).map { inverse.values[$0 * size..<($0 + 1) * size] }.map { design * Array($0) }
        var covariance = DenseMatrix(rowCount: size, columnCount: size)
        var scores = [Double](repeating: 0, count: rows)
        for row in 0..<rows {
            var leverage = 0.0
            for j in 0..<size { leverage += halves[j][row] * design[row, j] }
            scores[row] = (outcome[row] - fitted[row]) / max(1 - leverage, 1 / Double(rows))
        }
        for j in 0..<size {
            let left = zip(halves[j], scores).map { $0 * $1 * $1 }
            for k in 0...j {
                var sum = 0.0
                for (a, b) in zip(left, halves[k]) { sum += a * b }
                covariance[j, k] = sum
                covariance[k, j] = sum
            }
        }
        self.covariance = covariance
    }

    /// The prediction for each row.
    func predict(features: [Float], width: Int, rows: Int) -> [Double] {
        (0..<rows).map { row in
            var sum = coefficients[0]
            for index in 0..<width { sum += coefficients[index + 1] * Double(features[row * width + index]) }
            return sum
        }
    }
}
