import Runtime
import Statistics

/// The shrinkage that stands for a policy's biases: knobs without any bias and with the same canonical image, or the statement
/// that there are none and the nearest there is (METHODS section 2).
package struct ShrinkageInverse: Sendable, Equatable {
    package enum Answer: Sendable, Equatable {
        /// The same (w', b'); of several the one of smallest sum alpha².
        case exact(isUnique: Bool)
        /// No shrinkage makes these biases; this one, with the same weights, changes the arm of the fewest units found.
        case nearest(changedShare: Double)
    }

    /// Weights and shrinkage; all biases 0.
    package let knobs: PolicyKnobs
    package let answer: Answer
    /// The biases that shrinkage can make of these weights where there are two arms; nil with more.
    package let halfline: ShrinkageCone.Halfline?

    package init(knobs: PolicyKnobs, answer: Answer, halfline: ShrinkageCone.Halfline?) {
        self.knobs = knobs
        self.answer = answer
        self.halfline = halfline
    }

    /// Units that the search for the nearest looks at; the share it reports is of all.
    private static let sampleUnits = 50_000

    /// - Parameter evaluator: on tune, whose units count.
    package init(of policy: LinearPolicy, evaluator: PolicyEvaluator, context: RunContext = RunContext()) throws {
        let cone = ShrinkageCone(weights: policy.weights, in: evaluator.space)
        halfline = cone.halfline
        if let solution = cone.smallest(for: policy.biases) {
            knobs = cone.knobs(solution.z)
            answer = .exact(isUnique: solution.isUnique)
            return
        }
        let choice = evaluator.choice(of: policy)
        let z = try Self.nearest(to: policy, choice, cone, evaluator, context)
        knobs = cone.knobs(z)
        let other = evaluator.choice(of: LinearPolicy(knobs, in: evaluator.space))
        let changed = zip(choice, other).count { $0 != $1 }
        answer = .nearest(changedShare: Double(changed) / Double(max(1, choice.count)))
    }

    /// Exact line searches over z >= 0 of the number of units that keep their arm: along every ray and along random
    /// directions, from least squares, from no shrinkage and from random places.
    private static func nearest(
        to policy: LinearPolicy, _ choice: [UInt8], _ cone: ShrinkageCone, _ evaluator: PolicyEvaluator,
        _ context: RunContext
    ) throws -> [Double] {
        let stride = max(1, choice.count / sampleUnits)
        let places = Array(Swift.stride(from: 0, to: choice.count, by: stride))
        let least = NonnegativeLeastSquares(cone.matrix, Array(policy.biases.dropFirst())).solution
        let size = max(least.max() ?? 0, policy.weights.reduce(0) { max($0, abs($1)) })
        let starts = try context.workers.map(6) { index -> (z: [Double], kept: Int) in
            var stream = RandomStream(seed: UInt64(index), purpose: "nearest shrinkage")
            let start =
                index == 0
                ? least
                : cone.rays.map { _ in index == 1 ? 0 : size * abs(stream.normal()) }
            return try climb(from: start, policy.weights, places, choice, cone, evaluator, context, &stream)
        }
        return starts.max { $0.kept < $1.kept }?.z ?? least
    }

    private static func climb(
        from start: [Double], _ weights: [Double], _ places: [Int], _ choice: [UInt8], _ cone: ShrinkageCone,
        _ evaluator: PolicyEvaluator, _ context: RunContext, _ stream: inout RandomStream
    ) throws -> (z: [Double], kept: Int) {
        var z = start
        var best = -1
        let still = [Double](repeating: 0, count: weights.count)
        for _ in 0..<6 {
            let before = best
            for index in 0..<2 * z.count {
                try context.cancellation.check()
                // From the foot of each ray upwards, then outwards from the present place in random directions.
                var foot = z
                var direction = [Double](repeating: 0, count: z.count)
                if index < z.count {
                    foot[index] = 0
                    direction[index] = 1
                } else {
                    for ray in z.indices { direction[ray] = stream.normal() * max(z[ray], 1e-3) }
                }
                let line = PolicyLine(
                    weights: weights, biases: cone.biases(foot), weightDirection: still,
                    biasDirection: cone.biases(direction))
                // As far back and forth as every z stays at or above 0.
                let most = zip(foot, direction).filter { $0.1 < 0 }.map { -$0.0 / $0.1 }.min() ?? .infinity
                let found = evaluator.agreement(with: choice, along: line, places: places).best(from: 0)
                guard found.agreeing > best, found.position <= most else { continue }
                best = found.agreeing
                z = zip(foot, direction).map { max(0, $0 + found.position * $1) }
            }
            if best == before { break }
        }
        return (z, best)
    }
}
