import Policies
import Statistics

/// A search for the front: how it was set, and what it is to spend.
package struct SearchSettings: Sendable, Equatable, Codable {
    package enum Method: String, Sendable, Codable, CaseIterable {
        /// Exact profiles along random lines; every grid value of a line is a policy evaluated exactly.
        case profiles
        /// The same with all biases at 0 (the comparison of S1 figure 2).
        case weights
        /// Policies at random in the box of the tracks: the floor.
        case random
    }

    package var method: Method
    /// Passes over the data: lines for `profiles` and `weights`, policies for `random`.
    package var evaluations: Int
    package var seed: UInt64
    /// Most policies kept on the front.
    package var frontLimit: Int

    package init(method: Method = .profiles, evaluations: Int = 600, seed: UInt64 = 1, frontLimit: Int = 300) {
        self.method = method
        self.evaluations = evaluations
        self.seed = seed
        self.frontLimit = frontLimit
    }
}

/// Searches the n + m - 2 parameters for the policies that cannot be beaten on tune. Seeded; the same on any number of threads.
package struct PolicySearch: Sendable {
    private let evaluator: PolicyEvaluator
    private let tracks: KnobTracks
    private let settings: SearchSettings
    private let free: [Knob]
    private let weights: [Knob]
    /// Lines searched from one state of the archive; fixed, so that threads do not matter.
    private static let batch = 16
    /// Share of the lines that leave biases alone, first: the front of weights only is where the larger space starts from
    /// (METHODS section 3, check of S1 figure 2).
    private static let weightsFirst = 0.4
    /// Points kept while searching; the front is thinned to its own limit at the end.
    private static let archiveLimit = 2_000

    /// - Parameter evaluator: on tune; its own threads should be one, the search runs lines side by side.
    package init(evaluator: PolicyEvaluator, tracks: KnobTracks, settings: SearchSettings) {
        self.evaluator = evaluator
        self.tracks = tracks
        self.settings = settings
        free = Knob.all(in: evaluator.space).filter {
            switch $0 {
            case .weight: true
            case .bias: settings.method != .weights
            case .shrinkage: false
            }
        }
        weights = free.filter { if case .weight = $0 { true } else { false } }
    }

    /// The oriented outcomes of every single arm, control first: what the default reference point is made of.
    package static func armValues(_ evaluator: PolicyEvaluator) -> [[Double]] {
        (0..<evaluator.space.armCount).map { arm in
            orient(evaluator.moments(of: .everyone(arm: arm, in: evaluator.space)), in: evaluator.space) ?? []
        }
    }

    /// - Parameter starts: policies to begin from, such as a front found before; they are kept unless beaten.
    /// - Throws: `CancellationError`.
    package func run(from starts: [PolicyKnobs] = [], reference: [Double], conduct: Conduct) throws -> ParetoFront {
        var archive = FrontArchive(limit: Self.archiveLimit)
        archive.add((anchors() + starts).compactMap(point))
        let perBatch = settings.method == .random ? 64 : Self.batch
        var done = 0
        while done < settings.evaluations {
            try conduct.cancellation.check()
            let count = min(perBatch, settings.evaluations - done)
            let first = done
            let known = archive.points
            let isWeightsOnly = Double(done) < Self.weightsFirst * Double(settings.evaluations)
            let knobs = settings.method == .profiles && isWeightsOnly ? weights : free
            let found = try conduct.workers.map(count) { index in
                var stream = RandomStream(seed: settings.seed, purpose: "search \(first + index)")
                return settings.method == .random
                    ? [randomKnobs(free, &stream)].compactMap(point) : line(known, along: knobs, &stream)
            }
            archive.add(found.flatMap { $0 })
            done += count
            conduct.report(Progress(phase: "searching the front", done: done, total: settings.evaluations))
        }
        archive.thin(to: settings.frontLimit)
        return ParetoFront(archive.points, reference: reference)
    }

    /// Control and every single arm, as policies with biases too large to overcome, and the first outcome alone.
    private func anchors() -> [PolicyKnobs] {
        let start = PolicyKnobs.start(in: evaluator.space)
        guard settings.method == .profiles else { return [start] }
        let arms = (0..<evaluator.space.armCount).map { arm in
            PolicyKnobs.everyone(arm: arm, in: evaluator.space, tracks: tracks)
        }
        return [start] + arms
    }

    private func point(_ knobs: PolicyKnobs) -> FrontPoint? {
        Self.orient(evaluator.moments(of: LinearPolicy(knobs, in: evaluator.space)), in: evaluator.space).map {
            FrontPoint(knobs: knobs, values: $0)
        }
    }

    private static func orient(_ point: ProfilePoint, in space: PolicySpace) -> [Double]? {
        var values: [Double] = []
        for (moments, outcome) in zip(point.outcomes, space.outcomes) {
            guard let moments else { return nil }
            values.append(outcome.sign * moments.value)
        }
        return values
    }

    private func randomKnobs(_ free: [Knob], _ stream: inout RandomStream) -> PolicyKnobs {
        var knobs = PolicyKnobs.start(in: evaluator.space)
        for knob in free {
            let values = tracks[knob].values
            knobs[knob] = values[stream.index(below: values.count)]
        }
        return knobs
    }

    /// Every policy along one random line that no other on the line dominates.
    private func line(_ known: [FrontPoint], along free: [Knob], _ stream: inout RandomStream) -> [FrontPoint] {
        guard !free.isEmpty else { return [] }
        let afresh = known.isEmpty || stream.bernoulli(0.15)
        let start = afresh ? randomKnobs(free, &stream) : known[stream.index(below: known.count)].knobs
        let along =
            stream.bernoulli(0.5)
            ? SearchLine.axis(free[stream.index(below: free.count)], from: start, tracks: tracks)
            : SearchLine.oblique(free, from: start, tracks: tracks, &stream)
        let points = along.points(evaluator)
        let found = zip(along.knobs, points).compactMap { knobs, point in
            Self.orient(point, in: evaluator.space).map { FrontPoint(knobs: knobs, values: $0) }
        }
        return Dominance.front(found.map(\.values)).map { found[$0] }
    }
}
