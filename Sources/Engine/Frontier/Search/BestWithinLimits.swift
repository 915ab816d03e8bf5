import Policies
import Runtime
import Statistics

/// The policy with the highest first outcome among those whose tune intervals keep every limit, by exact line searches.
package struct BestWithinLimits: Sendable {
    package struct Found: Sendable, Equatable {
        package let knobs: PolicyKnobs
        /// nil where there are no limits.
        package let verdict: LimitVerdict?

        package init(knobs: PolicyKnobs, verdict: LimitVerdict?) {
            self.knobs = knobs
            self.verdict = verdict
        }
    }

    private let evaluator: PolicyEvaluator
    private let grids: ParameterGrids
    private static let sweeps = 5
    private static let obliqueLines = 8

    /// - Parameter evaluator: on tune.
    package init(evaluator: PolicyEvaluator, grids: ParameterGrids) {
        self.evaluator = evaluator
        self.grids = grids
    }

    /// Turns weights and biases one after another and together, from the given knobs, from the start and from every single arm, until
    /// nothing improves; the shrinkage stays where it is.
    /// - Throws: `CancellationError`.
    package func search(from knobs: PolicyKnobs, context: RunContext) throws -> Found {
        let space = evaluator.space
        var starts = [knobs, PolicyKnobs.start(in: space)]
        starts += (0..<space.armCount).map { arm in
            var start = PolicyKnobs.start(in: space)
            if arm > 0 { start.biases[arm] = grids.biasUnit }
            return start
        }
        let shrunk = starts.map { start in
            var start = start
            start.shrinkage = knobs.shrinkage
            return start
        }
        let found = try context.workers.map(shrunk.count) { index in
            var stream = RandomStream(seed: UInt64(index), purpose: "best within limits")
            return try climb(from: shrunk[index], context, &stream)
        }
        guard let best = found.max(by: { $0.score < $1.score }) else {
            return Found(knobs: knobs, verdict: nil)
        }
        let verdict = evaluator.evaluate(best.knobs).limits
        return Found(knobs: best.knobs, verdict: verdict)
    }

    private func climb(
        from start: PolicyKnobs, _ context: RunContext, _ stream: inout RandomStream
    ) throws -> (knobs: PolicyKnobs, score: LexicographicScore) {
        let space = evaluator.space
        let free = Knob.all(in: space).filter { if case .shrinkage = $0 { false } else { true } }
        var knobs = start
        var best = score(evaluator.moments(of: LinearPolicy(knobs, in: space)))
        for _ in 0..<Self.sweeps {
            let before = best
            // One knob at a time, then all at once: a ridge between two limits is seldom parallel to a knob.
            let lines = free.count + Self.obliqueLines
            for index in 0..<lines {
                try context.cancellation.check()
                let line =
                    index < free.count
                    ? SearchLine.axis(free[index], from: knobs, grids: grids)
                    : SearchLine.oblique(free, from: knobs, grids: grids, &stream)
                let scores = line.points(evaluator).map(score)
                guard let top = scores.indices.max(by: { scores[$0] < scores[$1] }), best < scores[top] else {
                    continue
                }
                best = scores[top]
                knobs = line.knobs[middle(of: scores, at: top)]
            }
            if !(before < best) { break }
        }
        return (knobs, best)
    }

    /// The middle of the run of grid values as good as the best, away from the breakpoints at its ends.
    private func middle(of scores: [LexicographicScore], at top: Int) -> Int {
        var low = top
        var high = top
        while low > 0, scores[low - 1] == scores[top] { low -= 1 }
        while high + 1 < scores.count, scores[high + 1] == scores[top] { high += 1 }
        return (low + high) / 2
    }

    private func score(_ point: ProfilePoint) -> LexicographicScore {
        var violation = 0.0
        for (moments, outcome) in zip(point.outcomes, evaluator.space.outcomes) {
            guard let limit = outcome.limit else { continue }
            guard let moments, let shortfall = limit.shortfall(of: moments.margin(limit)) else {
                violation = .infinity
                continue
            }
            violation += shortfall
        }
        let objective = evaluator.space.outcomes[0].sign * (point.outcomes[0]?.value ?? -.infinity)
        return LexicographicScore(violation: violation, score: objective)
    }
}
