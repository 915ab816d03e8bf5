import Foundation
import Statistics

/// How likely each of several policies is to be the best, by a normal prior that the values themselves give (METHODS 8.3): a flat
/// prior says .53 where .31 is true.
package struct BestProbability: Sendable, Equatable {
    /// Variance between the true values: what the estimates vary beyond their errors.
    package let spread: Double
    /// Shrunk to their mean.
    package let means: [Double]
    package let variances: [Double]
    /// They sum to 1.
    package let probabilities: [Double]

    /// Of the quadrature, which is exact to about 1e-9.
    private static let points = 4_000

    /// - Parameters:
    ///   - values: oriented, so that more is better; at least one.
    ///   - variances: of their errors.
    package init(values: [Double], variances: [Double]) {
        precondition(!values.isEmpty && values.count == variances.count)
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let error = variances.reduce(0, +) / count
        let observed = values.count > 1 ? values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1) : 0
        let between = max(0, observed - error)
        spread = between
        let kept = variances.map { between + $0 > 0 ? between / (between + $0) : 1 }
        let shrunk = zip(values, kept).map { mean + $1 * ($0 - mean) }
        let left = zip(variances, kept).map { $0 * $1 }
        means = shrunk
        self.variances = left
        probabilities = Self.probabilities(shrunk, left)
    }

    private static func probabilities(_ means: [Double], _ variances: [Double]) -> [Double] {
        guard means.count > 1 else { return [1] }
        let errors = variances.map { $0.squareRoot() }
        guard let widest = errors.max(), widest > 0 else {
            // Nothing tells them apart, or nothing is uncertain: ties share.
            let best = means.max() ?? 0
            let winners = means.map { $0 == best ? 1.0 : 0 }
            return winners.map { $0 / winners.reduce(0, +) }
        }
        let low = (zip(means, errors).map { $0 - 9 * $1 }.min() ?? 0) - 1e-9 * widest
        let high = (zip(means, errors).map { $0 + 9 * $1 }.max() ?? 0) + 1e-9 * widest
        let step = (high - low) / Double(points)
        var result = means.map { _ in 0.0 }
        for point in 0...points {
            let x = low + Double(point) * step
            let weight = point == 0 || point == points ? 1.0 : point % 2 == 1 ? 4 : 2
            let below = zip(means, errors).map { $1 > 0 ? Normal.cumulative((x - $0) / $1) : (x >= $0 ? 1.0 : 0) }
            for index in means.indices where errors[index] > 0 {
                let z = (x - means[index]) / errors[index]
                var density = exp(-z * z / 2) / (errors[index] * (2 * Double.pi).squareRoot())
                for other in means.indices where other != index { density *= below[other] }
                result[index] += weight * density * step / 3
            }
        }
        let total = result.reduce(0, +)
        return result.map { $0 / total }
    }
}
