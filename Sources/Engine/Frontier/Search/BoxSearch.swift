import Optimisers
import Policies
import Runtime

/// Any optimiser of the unit cube, set to the box of the knobs' tracks.
struct BoxSearch<Method: Optimiser>: SearchStrategy {
    private var method: Method

    /// Policies evaluated between looks at the archive.
    private static var batch: Int { 64 }
    /// The share of an estimate's error variance that the method is told of. All policies are judged by the same units, so
    /// their errors move together, and what one place errs by and its neighbour does not is small: about this share where one
    /// unit in a hundred changes its arm. Told of the whole, a process takes true slopes for noise and smooths them away.
    private static var unsharedError: Double { 0.01 }

    init(_ method: Method) { self.method = method }

    mutating func step(
        _ problem: PolicyProblem, known: [FrontPoint], limit: Int, context: RunContext
    ) throws -> SearchStep {
        let places = try method.ask(limit: min(limit, Self.batch), context: context)
        let measured = try measured(places, problem, context)
        method.tell(
            zip(places, measured).compactMap { place, policy in
                policy.map {
                    Observation(
                        parameters: place, objectives: $0.objectives.map(Self.told),
                        constraints: $0.slacks.map(Self.told))
                }
            })
        return SearchStep(
            evaluations: places.count, found: measured.compactMap { $0 }.filter(\.isFeasible).map(\.point))
    }

    private static func told(_ estimate: NoisyValue) -> NoisyValue {
        NoisyValue(estimate.value, variance: unsharedError * estimate.variance)
    }

    func recommended(_ problem: PolicyProblem, context: RunContext) throws -> [FrontPoint] {
        let seen = Set(method.observations.map(\.parameters))
        let places = try method.recommended(context: context).filter { !seen.contains($0) }
        return try measured(places, problem, context).compactMap { $0 }.filter(\.isFeasible).map(\.point)
    }

    private func measured(
        _ places: [[Double]], _ problem: PolicyProblem, _ context: RunContext
    ) throws -> [MeasuredPolicy?] {
        try problem.measure(places.map { PolicyBox.knobs(at: $0, problem) }, context: context)
    }
}

/// The box of the free knobs: each coordinate of the unit cube runs along one track, asinh-spaced as its stops are.
enum PolicyBox {
    static func knobs(at place: [Double], _ problem: PolicyProblem) -> PolicyKnobs {
        var knobs = PolicyKnobs.start(in: problem.space)
        for (knob, share) in zip(problem.free, place) {
            knobs[knob] = ParameterGrid.value(at: share, unit: problem.grids.unit(of: knob))
        }
        return knobs
    }
}
