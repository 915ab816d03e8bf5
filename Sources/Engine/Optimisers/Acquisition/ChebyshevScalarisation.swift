/// Augmented Chebyshev scalarisation (Knowles 2006): one number from several objectives whose maxima reach every part of the
/// front, its dents included.
package struct ChebyshevScalarisation: Sendable, Equatable, Codable {
    /// On the simplex.
    package let weights: [Double]
    /// What counts as best and as worst, per objective: the scale of [0, 1].
    package let best: [Double]
    package let worst: [Double]
    /// Weight of the sum, which tells apart what the maximum does not.
    package static let augmentation = 0.05

    package init(weights: [Double], best: [Double], worst: [Double]) {
        self.weights = weights
        self.best = best
        self.worst = worst
    }

    /// -(max_i w_i y_i + 0.05 sum_i w_i y_i), with y_i = (best_i - value_i) / (best_i - worst_i); more is better.
    package func callAsFunction(_ values: [Double]) -> Double {
        var largest = -Double.infinity
        var sum = 0.0
        for i in weights.indices {
            let span = best[i] - worst[i]
            let term = weights[i] * (best[i] - values[i]) / (span > 0 ? span : 1)
            largest = max(largest, term)
            sum += term
        }
        return -(largest + Self.augmentation * sum)
    }
}
