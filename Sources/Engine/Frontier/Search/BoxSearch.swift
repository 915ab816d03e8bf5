import Optimisers
import Policies
import Statistics

/// Any optimiser of the unit cube, set to the box of the knobs' tracks.
struct BoxSearch<Method: Optimiser>: SearchStrategy {
    private var method: Method

    /// Policies evaluated between looks at the archive.
    private static var batch: Int { 64 }

    init(_ method: Method) { self.method = method }

    mutating func step(
        _ problem: PolicyProblem, known: [FrontPoint], limit: Int, conduct: Conduct
    ) throws -> SearchStep {
        let places = try method.ask(limit: min(limit, Self.batch), conduct: conduct)
        let measured = try conduct.workers.map(places.count) { index in
            try conduct.cancellation.check()
            return problem.measure(PolicyBox.knobs(at: places[index], problem))
        }
        method.tell(
            zip(places, measured).compactMap { place, policy in
                policy.map { Observation(parameters: place, objectives: $0.objectives, constraints: $0.slacks) }
            })
        return SearchStep(
            evaluations: places.count, found: measured.compactMap { $0 }.filter(\.isFeasible).map(\.point))
    }

    func recommended(_ problem: PolicyProblem, known: [FrontPoint]) -> [FrontPoint] {
        method.recommended().map { index in
            let observation = method.observations[index]
            return FrontPoint(
                knobs: PolicyBox.knobs(at: observation.parameters, problem), values: observation.values)
        }
    }
}

/// The box of the free knobs: each coordinate of the unit cube runs along one track, asinh-spaced as its stops are.
enum PolicyBox {
    static func knobs(at place: [Double], _ problem: PolicyProblem) -> PolicyKnobs {
        var knobs = PolicyKnobs.start(in: problem.space)
        for (knob, share) in zip(problem.free, place) {
            knobs[knob] = KnobTrack.value(at: share, unit: problem.tracks.unit(of: knob))
        }
        return knobs
    }
}
