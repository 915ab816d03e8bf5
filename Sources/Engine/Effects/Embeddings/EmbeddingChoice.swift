import Experiments
import Runtime

/// Whether a representation from elsewhere serves an experiment: the error of linear models by arm on v(x), and on the inputs
/// themselves, for the outcomes of training units of folds that they have not seen.
package struct EmbeddingChoice: Sendable {
    /// Mean squared errors, in units of the outcomes' variances.
    package let embeddedRisk: Double
    package let inputRisk: Double
    package let chosen: Embedding
    /// Added to the squares of the features; 0 on v(x), whose intervals are those of least squares.
    let ridge: Double

    /// What is tried on the inputs, of which there may be more than the units can bear.
    private static let ridges = [0.0, 1, 10, 100, 1000]

    package var isEmbedded: Bool { embeddedRisk <= inputRisk }

    /// - Parameter embedding: bound to the covariates of the data.
    /// - Throws: `CancellationError`.
    package init(_ embedding: Embedding, _ data: TrainingData, context: RunContext) throws {
        let inputs = embedding.withoutLayers
        let candidates = [(embedding, 0.0)] + Self.ridges.map { (inputs, $0) }
        let risks = try context.workers.map(candidates.count) { index in
            try context.cancellation.check()
            return Self.risk(candidates[index].0, ridge: candidates[index].1, data)
        }
        let best = risks.indices.dropFirst().min { risks[$0] < risks[$1] } ?? 1
        embeddedRisk = risks[0]
        inputRisk = risks[best]
        (chosen, ridge) = risks[0] <= risks[best] ? candidates[0] : candidates[best]
    }

    private static func risk(_ embedding: Embedding, ridge: Double, _ data: TrainingData) -> Double {
        var (sum, count) = (0.0, 0)
        for arm in 0..<data.armCount {
            for fold in 0..<data.foldCount {
                let units = data.training.filter { Int(data.assignment[$0]) == arm }
                let fitted = units.filter { Int(data.folds[$0]) != fold }
                let judged = units.filter { Int(data.folds[$0]) == fold }
                let features = embedding.values(data.columns, rows: fitted)
                let others = embedding.values(data.columns, rows: judged)
                for outcome in data.outcomes {
                    let model = ArmRegression(
                        features: features, width: embedding.dimension,
                        outcome: fitted.map { Double(outcome.values[$0]) }, ridge: ridge)
                    let expected =
                        model?.predict(features: others, width: embedding.dimension, rows: judged.count)
                        ?? judged.map { _ in 0 }
                    for (unit, value) in zip(judged, expected) {
                        let error = Double(outcome.values[unit]) - value
                        sum += error * error
                    }
                    count += judged.count
                }
            }
        }
        return count > 0 ? sum / Double(count) : 0
    }
}
