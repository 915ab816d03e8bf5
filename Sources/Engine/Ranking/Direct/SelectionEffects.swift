import CKernels
import Foundation
import Runtime
import Statistics

/// The effects on every outcome among the units that a score selects, each arm weighted by the score's gate, and how they
/// change with the score's parameters (METHODS section 6).
package struct SelectionEffects: Sendable, Equatable {
    /// By outcome: the weighted mean of the treated less that of control.
    package let effects: [Double]
    /// By outcome, one per parameter.
    package let gradients: [[Double]]

    /// - Throws: `CancellationError`.
    /// - Complexity: O(n x parameters).
    package init(
        _ arms: SelectionArms, network: ScoreNetwork, gate: SelectionGate, parameters: [Double],
        context: RunContext = RunContext()
    ) throws {
        let threshold: Double
        switch gate {
        case .softmax: threshold = 0
        case .quantile, .straightThrough:
            threshold = gate.threshold(arms.features.flatMap { network.scores($0, parameters) })
        }
        // Blocks are cut by what they hold, and added in their order.
        let blocks = arms.features.enumerated().flatMap { arm, features in
            stride(from: 0, to: features.rowCount, by: Self.blockSize).map {
                (arm: arm, rows: $0..<min($0 + Self.blockSize, features.rowCount))
            }
        }
        let parts = try context.workers.map(blocks.count) { index in
            try context.cancellation.check()
            let (arm, rows) = blocks[index]
            if case (.linear, .softmax) = (network, gate), arms.outcomeCount <= Self.kernelOutcomes {
                return arms.kernelSums(arm: arm, rows: rows, parameters: parameters)
            }
            return arms.referenceSums(
                arm: arm, rows: rows, network: network, gate: gate, threshold: threshold, parameters: parameters)
        }
        let width = 1 + network.parameterCount
        var sums = [[Double]](
            repeating: [Double](repeating: 0, count: (1 + arms.outcomeCount) * width), count: arms.features.count)
        for (block, part) in zip(blocks, parts) {
            for index in part.indices { sums[block.arm][index] += part[index] }
        }
        self.init(sums, outcomeCount: arms.outcomeCount, width: width)
    }

    /// - Parameter sums: of control and of the treated; row k of each holds sum(q y_k) and its derivatives, y = (1, outcomes).
    private init(_ sums: [[Double]], outcomeCount: Int, width: Int) {
        var effects: [Double] = []
        var gradients: [[Double]] = []
        for row in 1..<(1 + outcomeCount) {
            let means = sums.map { $0[row * width] / $0[0] }
            effects.append(means[1] - means[0])
            gradients.append(
                (1..<width).map { column in
                    let changes = sums.indices.map { arm in
                        (sums[arm][row * width + column] - means[arm] * sums[arm][column]) / sums[arm][0]
                    }
                    return changes[1] - changes[0]
                })
        }
        self.effects = effects
        self.gradients = gradients
    }

    private static let blockSize = 8_192
    private static let kernelOutcomes = Int(ESPALIER_SELECTION_MAXIMUM_OUTCOMES)
}

extension SelectionArms {
    /// The sums of a linear score under a softmax, by the kernel.
    package func kernelSums(arm: Int, rows: Range<Int>, parameters: [Double]) -> [Double] {
        let features = self.features[arm]
        var sums = [Double](repeating: 0, count: (1 + outcomeCount) * (1 + features.columnCount))
        features.values.withUnsafeBufferPointer { entries in
            outcomes[arm].withUnsafeBufferPointer { outcomes in
                withWeights(arm) { weights in
                    var table = EspalierSelectionTable(
                        features: entries.baseAddress, outcomes: outcomes.baseAddress, weight: weights,
                        stride: features.rowCount, feature_count: Int32(features.columnCount),
                        outcome_count: Int32(outcomeCount))
                    espalier_selection_sums(&table, parameters, rows.lowerBound, rows.count, &sums)
                }
            }
        }
        return sums
    }

    /// The sums of any score under any gate; for a linear score under a softmax the plain reference of the kernel.
    package func referenceSums(
        arm: Int, rows: Range<Int>, network: ScoreNetwork, gate: SelectionGate, threshold: Double, parameters: [Double]
    ) -> [Double] {
        let features = self.features[arm]
        let stride = features.rowCount
        let width = 1 + network.parameterCount
        var sums = [Double](repeating: 0, count: (1 + outcomeCount) * width)
        var derivatives = [Double](repeating: 0, count: network.parameterCount)
        features.values.withUnsafeBufferPointer { entries in
            for row in rows {
                let raw = network.raw(entries, stride: stride, row: row, parameters)
                let t = tanh(raw)
                let weight = weights[arm]?[row] ?? 1
                let gated = gate.weight(ScoreNetwork.scale * t, threshold: threshold)
                let slope = weight * gated.slope * ScoreNetwork.scale * (1 - t * t)
                for index in derivatives.indices { derivatives[index] = 0 }
                network.addDerivatives(
                    entries, stride: stride, row: row, parameters, times: slope, to: &derivatives[...])
                for k in 0...outcomeCount {
                    let y = k == 0 ? 1 : outcomes[arm][(k - 1) * stride + row]
                    sums[k * width] += weight * gated.value * y
                    for index in derivatives.indices { sums[k * width + 1 + index] += y * derivatives[index] }
                }
            }
        }
        return sums
    }

    private func withWeights(_ arm: Int, _ body: (UnsafePointer<Double>?) -> Void) {
        guard let weights = weights[arm] else { return body(nil) }
        weights.withUnsafeBufferPointer { body($0.baseAddress) }
    }
}
