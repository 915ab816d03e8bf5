import Experiments
import Policies
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
    private let tracks: KnobTracks
    private static let sweeps = 5
    private static let obliqueLines = 8

    /// - Parameter evaluator: on tune.
    package init(evaluator: PolicyEvaluator, tracks: KnobTracks) {
        self.evaluator = evaluator
        self.tracks = tracks
    }

    /// Turns weights and biases one after another and together, from the given knobs, from the start and from every single arm, until
    /// nothing improves; the shrinkage stays where it is.
    /// - Throws: `CancellationError`.
    package func search(from knobs: PolicyKnobs, conduct: Conduct) throws -> Found {
        let space = evaluator.space
        var starts = [knobs, PolicyKnobs.start(in: space)]
        starts += (0..<space.armCount).map { arm in
            var start = PolicyKnobs.start(in: space)
            if arm > 0 { start.biases[arm] = tracks.biasUnit }
            return start
        }
        let shrunk = starts.map { start in
            var start = start
            start.shrinkage = knobs.shrinkage
            return start
        }
        let found = try conduct.workers.map(shrunk.count) { index in
            var stream = RandomStream(seed: UInt64(index), purpose: "best within limits")
            return try climb(from: shrunk[index], conduct, &stream)
        }
        guard let best = found.max(by: { $0.merit < $1.merit }) else {
            return Found(knobs: knobs, verdict: nil)
        }
        let verdict = evaluator.evaluate(best.knobs).limits
        return Found(knobs: best.knobs, verdict: verdict)
    }

    private func climb(
        from start: PolicyKnobs, _ conduct: Conduct, _ stream: inout RandomStream
    ) throws -> (knobs: PolicyKnobs, merit: Merit) {
        let space = evaluator.space
        let free = Knob.all(in: space).filter { if case .shrinkage = $0 { false } else { true } }
        var knobs = start
        var best = merit(evaluator.moments(of: LinearPolicy(knobs, in: space)))
        for _ in 0..<Self.sweeps {
            let before = best
            // One knob at a time, then all at once: a ridge between two limits is seldom parallel to a knob.
            let lines = free.count + Self.obliqueLines
            for index in 0..<lines {
                try conduct.cancellation.check()
                let line =
                    index < free.count
                    ? SearchLine.axis(free[index], from: knobs, tracks: tracks)
                    : SearchLine.oblique(free, from: knobs, tracks: tracks, &stream)
                let merits = line.points(evaluator).map(merit)
                guard let top = merits.indices.max(by: { merits[$0] < merits[$1] }), best < merits[top] else {
                    continue
                }
                best = merits[top]
                knobs = line.knobs[middle(of: merits, at: top)]
            }
            if !(before < best) { break }
        }
        return (knobs, best)
    }

    /// The middle of the run of grid values as good as the best, away from the breakpoints at its ends.
    private func middle(of merits: [Merit], at top: Int) -> Int {
        var low = top
        var high = top
        while low > 0, merits[low - 1] == merits[top] { low -= 1 }
        while high + 1 < merits.count, merits[high + 1] == merits[top] { high += 1 }
        return (low + high) / 2
    }

    private func merit(_ point: ProfilePoint) -> Merit {
        var violation = 0.0
        for (moments, outcome) in zip(point.outcomes, evaluator.space.outcomes) {
            guard let threshold = outcome.threshold else { continue }
            guard let moments, let shortfall = moments.shortfall(threshold, sign: outcome.sign) else {
                violation = .infinity
                continue
            }
            violation += shortfall
        }
        let objective = evaluator.space.outcomes[0].sign * (point.outcomes[0]?.value ?? -.infinity)
        return Merit(violation: violation, objective: objective)
    }
}

/// Keeping the limits first, the objective second.
private struct Merit: Comparable {
    let violation: Double
    let objective: Double

    static func < (a: Merit, b: Merit) -> Bool {
        a.violation != b.violation ? a.violation > b.violation : a.objective < b.objective
    }
}

extension OutcomeMoments {
    /// How far, in standard errors, the interval's worse end falls short of a threshold; 0 inside, nil where not estimable.
    fileprivate func shortfall(_ threshold: Threshold, sign: Double) -> Double? {
        let estimate: Estimate?
        let least: Double
        switch threshold {
        case .absolute(let value): (estimate, least) = (differenceEstimate, value)
        case .relative(let value): (estimate, least) = (relativeEstimate, value)
        }
        guard let estimate else { return nil }
        let low = (sign > 0 ? estimate.low : estimate.high.map { -$0 }) ?? sign * estimate.value
        let unit = estimate.standardError.map { max($0, 1e-12) } ?? 1
        return max(0, (least - low) / unit)
    }
}
