import Experiments
import Foundation
import Statistics

/// What a search of boosting settings draws from.
package struct BoostingSpace: Sendable, Equatable {
    package let part: HyperparameterSearch.Part
    /// Whether the models are random forests, which have fewer settings and take deeper trees.
    package let isForest: Bool

    package init(part: HyperparameterSearch.Part, isForest: Bool) {
        self.part = part
        self.isForest = isForest
    }

    /// A random proposal, scales on a logarithm.
    func draw(_ stream: inout RandomStream, trainingUnits: Int) -> BoostingSpec {
        func logarithmic(_ low: Double, _ high: Double) -> Double {
            let value = exp(stream.uniform(in: log(low)...log(high)))
            // Three digits are enough to paste, and are what is tried.
            let step = pow(10, floor(log10(value)) - 2)
            return Double(String(format: "%.3g", (value / step).rounded() * step)) ?? value
        }
        var spec = BoostingSpec()
        spec.depth = (isForest ? 4 : 2) + stream.index(below: isForest ? 8 : 5)
        spec.minimumChildWeight = logarithmic(
            max(5, Double(trainingUnits) / 1_000), max(50, Double(trainingUnits) / 20)
        ).rounded()
        spec.subsample = Double(10 + stream.index(below: 11)) / 20
        spec.columnSample = Double(6 + stream.index(below: 15)) / 20
        guard !isForest else { return spec }
        spec.learningRate = logarithmic(0.02, 0.3)
        spec.lambda = logarithmic(0.1, 50)
        spec.rounds = 400
        spec.patience = part == .outcomeModels ? 10 : 15
        return spec
    }
}
