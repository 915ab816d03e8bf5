import Experiments
import Runtime
import Statistics

/// What each member of a stack counts for one arm and outcome.
package struct StackWeights: Sendable, Equatable {
    /// Parts of a fold's units that are drawn as one.
    private static let blocksPerFold = 8
    private static let draws = 100
    /// One in so many blocks is in a draw.
    private static let thinning = 4
    /// A member with less than this in the mean is left out: it would cost every file its models and change nothing.
    private static let least = 0.02

    /// By fold, one per member, none negative, of sum 1: those of fold k are chosen on training units of the other folds alone, so
    /// that no unit's outcome chose the weights it is scored by.
    package let byFold: [[Double]]

    /// The mean of the weights over subsamples of a quarter of the units (subagging, Bühlmann & Yu 2002): one minimiser jumps
    /// between members that the units cannot tell apart, where the mean of many loses less.
    /// - Parameters:
    ///   - effects: tau of every member, each unit by its own fold's models, scaled.
    ///   - loss: what the members are held to.
    /// - Complexity: O(training units x members²).
    init(
        _ data: TrainingData, nuisances: Nuisances, _ contrast: ContrastIndex, effects: [[Float]], loss: StackLoss
    ) {
        let blocks = Self.moments(
            data, targets: StackTargets(data, nuisances: nuisances, contrast, loss: loss), effects: effects)
        byFold = (0..<data.foldCount).map { fold in
            Self.weights(
                blocks.indices.filter { $0 / Self.blocksPerFold != fold }.map { blocks[$0] },
                memberCount: effects.count, seed: data.splitRule.seed)
        }
    }

    /// Of every block, at fold * blocks + block.
    private static func moments(_ data: TrainingData, targets: StackTargets, effects: [[Float]]) -> [StackMoments] {
        let draw = SaltedDraw(seed: data.splitRule.seed, salt: "stack block")
        var blocks = [StackMoments](
            repeating: StackMoments(memberCount: effects.count), count: data.foldCount * blocksPerFold)
        var predictions = [Double](repeating: 0, count: effects.count)
        for (index, unit) in targets.units.enumerated() {
            for member in effects.indices { predictions[member] = Double(effects[member][unit]) }
            let block = Int(data.folds[unit]) * blocksPerFold + draw.group(data.keys[unit], of: blocksPerFold)
            blocks[block].add(predictions, target: targets.values[index], weight: targets.weights[index])
        }
        return blocks
    }

    private static func weights(_ blocks: [StackMoments], memberCount: Int, seed: UInt64) -> [Double] {
        var stream = RandomStream(seed: seed, purpose: "stack weights")
        var order = Array(blocks.indices)
        var mean = [Double](repeating: 0, count: memberCount)
        for _ in 0..<draws {
            var sum = StackMoments(memberCount: memberCount)
            for drawn in 0..<max(1, blocks.count / thinning) {
                order.swapAt(drawn, drawn + stream.index(below: blocks.count - drawn))
                sum.add(blocks[order[drawn]])
            }
            for (member, weight) in QAggregation.weights(sum).enumerated() { mean[member] += weight / Double(draws) }
        }
        let kept = mean.map { $0 < least ? 0 : $0 }
        let total = kept.reduce(0, +)
        return kept.map { $0 / total }
    }

    /// tau of every unit by the weights of its fold.
    func combine(_ effects: [[Float]], folds: [UInt8]) -> [Float] {
        folds.indices.map { unit in
            let weights = byFold[Int(folds[unit])]
            var sum = 0.0
            for member in effects.indices where weights[member] > 0 {
                sum += weights[member] * Double(effects[member][unit])
            }
            return Float(sum)
        }
    }
}
