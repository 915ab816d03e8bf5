import Experiments
import Runtime

/// A forest that predicts an outcome (Breiman 2001): trees on halves of the units with all their outcomes, whose leaves' means are
/// averaged. Two of them, one of each arm, are the two-model estimate of an effect (S0).
package struct RegressionForest: Sendable {
    private let trees: [ForestTree]
    /// The mean of the training units, where no tree answers.
    private let mean: Double

    /// - Parameters:
    ///   - rows: units of one arm.
    ///   - outcome: index into the data's outcomes.
    ///   - trees: in bags of two.
    ///   - minimumLeaf: fewest units of a leaf.
    /// - Throws: `CancellationError`.
    /// - Complexity: O(trees x units x covariates x depth), parallel over bags; the result does not depend on threads.
    package static func train(
        _ data: TrainingData, arm: Int, outcome: Int, rows: [Int], binned: BinnedCovariates, trees: Int = 100,
        minimumLeaf: Int = 5, seed: UInt64, context: RunContext
    ) throws -> RegressionForest {
        // A sample of one arm alone: the contrast only says which outcome.
        let sample = ForestSample(
            data, ContrastIndex(arm: max(1, arm), outcome: outcome),
            rows: rows.filter { Int(data.assignment[$0]) == arm })
        let settings = ForestSettings(trees: trees, minimumNode: minimumLeaf)
        let growth = ForestGrowth(
            binned: binned, sample: sample, target: .outcome, settings: settings, seed: seed,
            treatment: Array(repeating: 0, count: sample.outcome.count), outcome: sample.outcome, honest: false)
        let total = sample.rows.reduce(0.0) { $0 + Double(sample.outcome[Int($1)]) }
        return RegressionForest(
            trees: try growth.trees(bags: settings.bags, phase: "growing a regression forest", context: context),
            mean: total / Double(max(1, sample.rows.count)))
    }

    /// The mean outcome of units, as stored (centred and scaled).
    /// - Parameters:
    ///   - columns: encoded covariates, one column each, NaN where missing.
    ///   - units: rows of the columns.
    /// - Throws: `CancellationError`.
    /// - Complexity: O(units x trees x depth), parallel over units.
    package func predict(_ columns: [[Float]], units: [Int], context: RunContext) throws -> [Float] {
        try ForestScoring(trees: trees, columns: columns, isLeftOut: nil).map(units, context: context) { chunk in
            (0..<chunk.units.count).map { position -> Float in
                var (sum, count) = (0.0, 0.0)
                for tree in trees.indices {
                    if let lanes = chunk.lanes(tree: tree, position: position) {
                        sum += lanes[1]
                        count += 1
                    }
                }
                return Float(count > 0 ? sum / count : mean)
            }
        }
    }
}
