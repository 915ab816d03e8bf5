import Foundation
import Runtime
import Statistics

/// Multinomial logistic regression with a small ridge, by the fixed bound of its curvature (Böhning 1992): every step raises
/// the likelihood, and the design's products are factored once.
package struct MultinomialLogit: Sendable {
    /// By class after the first, intercept first.
    let coefficients: [[Double]]

    private static let ridge = 1.0
    private static let stepLimit = 400
    /// Steps end when no linear predictor moves by more than this.
    private static let tolerance = 1e-4

    /// - Parameters:
    ///   - columns: the design without its column of ones.
    ///   - rows: those to fit on.
    ///   - classes: the class of each row of the design.
    /// - Throws: `CancellationError`.
    /// - Complexity: O(rows x columns x (columns + classes x steps)).
    package init(
        _ columns: [[Float]], rows: [Int], classes: [UInt8], classCount: Int, cancellation: Cancellation
    ) throws {
        let ones = [Float](repeating: 1, count: rows.count)
        let design = [ones] + columns.map { column in rows.map { column[$0] } }
        let observed = rows.map { Int(classes[$0]) }
        var gram = try ColumnProducts.gram(design, design, workers: Workers(count: 1))
        for index in gram.indices.dropFirst() { gram[index][index] += 2 * Double(classCount) * Self.ridge }
        let cholesky = ReducedCholesky(gram)
        var coefficients = [[Double]](
            repeating: [Double](repeating: 0, count: design.count), count: classCount - 1)
        var predictors = [[Double]](repeating: [Double](repeating: 0, count: rows.count), count: classCount - 1)
        for _ in 0..<Self.stepLimit {
            try cancellation.check()
            let residuals = Self.residuals(predictors, observed)
            var gradients = residuals.enumerated().map { index, residual in
                design.enumerated().map { place, column -> Double in
                    let penalty = place == 0 ? 0 : Self.ridge * coefficients[index][place]
                    return ColumnProducts.dot(column, residual) - penalty
                }
            }
            // The bound's inverse over classes is 2 (I + 1 1').
            let total = design.indices.map { place in gradients.reduce(0) { $0 + $1[place] } }
            for index in gradients.indices {
                for place in total.indices { gradients[index][place] = 2 * (gradients[index][place] + total[place]) }
            }
            var largest = 0.0
            for index in coefficients.indices {
                let step = cholesky.solve(gradients[index])
                var moved = [Double](repeating: 0, count: rows.count)
                for (place, change) in step.enumerated() {
                    coefficients[index][place] += change
                    ColumnProducts.add(design[place], times: change, to: &moved)
                }
                for row in moved.indices {
                    predictors[index][row] += moved[row]
                    largest = max(largest, abs(moved[row]))
                }
            }
            if largest < Self.tolerance { break }
        }
        self.coefficients = coefficients
    }

    /// [class = k] - p_k by class after the first.
    private static func residuals(_ predictors: [[Double]], _ observed: [Int]) -> [[Float]] {
        var residuals = predictors.map { [Float](repeating: 0, count: $0.count) }
        var weights = [Double](repeating: 0, count: predictors.count)
        for row in observed.indices {
            let largest = predictors.reduce(0) { max($0, $1[row]) }
            var total = exp(-largest)
            for index in predictors.indices {
                weights[index] = exp(predictors[index][row] - largest)
                total += weights[index]
            }
            for index in predictors.indices {
                residuals[index][row] = Float((observed[row] == index + 1 ? 1 : 0) - weights[index] / total)
            }
        }
        return residuals
    }

    /// All classes' probabilities from the linear predictors of those after the first.
    private static func probabilities(_ predictors: [Double]) -> [Double] {
        let largest = max(0, predictors.max() ?? 0)
        let weights = [exp(-largest)] + predictors.map { exp($0 - largest) }
        let total = weights.reduce(0, +)
        return weights.map { $0 / total }
    }

    /// The probability of every class for the given rows of a design.
    package func predict(_ columns: [[Float]], rows: [Int]) -> [[Double]] {
        let predictors = coefficients.map { own -> [Double] in
            var sums = [Double](repeating: own[0], count: rows.count)
            for (column, factor) in zip(columns, own.dropFirst()) {
                for (place, row) in rows.enumerated() { sums[place] += factor * Double(column[row]) }
            }
            return sums
        }
        return rows.indices.map { place in Self.probabilities(predictors.map { $0[place] }) }
    }
}
