import Statistics

/// The regressors of a linear effect: an intercept, every feature around its mean, and where it is missing an indicator of
/// that; without columns that others already span.
struct LinearBasis: Sendable {
    /// Their coefficients are still 0.
    let terms: [LinearEffect.Term]

    /// A column whose part outside the span of the earlier ones is below this share of its squared length is left out.
    private static let tolerance = 1e-6

    /// - Parameters:
    ///   - features: row-major.
    ///   - skipping: features that are no numbers.
    ///   - factors: what multiplies each row of the regression.
    /// - Complexity: O(rows x features²).
    init(features: [Float], width: Int, skipping: [Bool], factors: [Double]) {
        var candidates: [LinearEffect.Term] = []
        for feature in 0..<width where !skipping[feature] {
            var moments = Moments()
            for row in factors.indices {
                let value = features[row * width + feature]
                if !value.isNaN { moments.add(Double(value)) }
            }
            if moments.count > 0 {
                candidates.append(LinearEffect.Term(feature: feature, centre: moments.mean, coefficient: 0))
            }
            if moments.count < factors.count {
                candidates.append(LinearEffect.Term(feature: feature, centre: nil, coefficient: 0))
            }
        }
        // As many terms as the units can bear.
        candidates = Array(candidates.prefix(factors.count / 20))
        let gram = LinearSums(terms: candidates, features: features, width: width, factors: factors).gram
        terms = Self.independent(gram).compactMap { $0 == 0 ? nil : candidates[$0 - 1] }
    }

    /// The columns, in order, that are not spanned by those kept before them (a Cholesky factorisation that skips).
    private static func independent(_ gram: DenseMatrix) -> [Int] {
        var kept: [Int] = []
        var rows: [[Double]] = []
        for column in 0..<gram.rowCount {
            var entries: [Double] = []
            for (index, other) in kept.enumerated() {
                var sum = gram[column, other]
                for k in 0..<index { sum -= entries[k] * rows[index][k] }
                entries.append(sum / rows[index][index])
            }
            let rest = gram[column, column] - entries.reduce(0) { $0 + $1 * $1 }
            guard rest > tolerance * gram[column, column], rest > 0 else { continue }
            kept.append(column)
            rows.append(entries + [rest.squareRoot()])
        }
        return kept
    }
}

/// Sums of products of the regressors factor * (1, terms...).
struct LinearSums {
    let gram: DenseMatrix

    /// - Parameter factors: one per row.
    /// - Complexity: O(rows x terms²), without a design matrix in memory.
    init(terms: [LinearEffect.Term], features: [Float], width: Int, factors: [Double]) {
        let size = terms.count + 1
        var sums = [Double](repeating: 0, count: size * size)
        Self.visit(terms: terms, features: features, width: width, factors: factors) { _, z in
            for j in 0..<size where z[j] != 0 {
                for k in 0...j { sums[j * size + k] += z[j] * z[k] }
            }
        }
        gram = DenseMatrix(rowCount: size, columnCount: size) { sums[max($0, $1) * size + min($0, $1)] }
    }

    /// Calls `body` with the regressors of every row.
    static func visit(
        terms: [LinearEffect.Term], features: [Float], width: Int, factors: [Double],
        _ body: (Int, UnsafeMutableBufferPointer<Double>) -> Void
    ) {
        var regressors = [Double](repeating: 0, count: terms.count + 1)
        features.withUnsafeBufferPointer { features in
            regressors.withUnsafeMutableBufferPointer { z in
                for row in factors.indices {
                    z[0] = factors[row]
                    for (index, term) in terms.enumerated() {
                        z[index + 1] = factors[row] * term.value(features[row * width + term.feature])
                    }
                    body(row, z)
                }
            }
        }
    }
}
