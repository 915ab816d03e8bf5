import Runtime
import Statistics

/// qNParEGO (Daulton, Balandat & Bakshy 2020; METHODS section 3): for every candidate a fresh mixture of the objectives, and
/// the place where it expects the most noisy improvement, in greedy batches; for evaluations that are dear and noisy.
///
/// One place in four is the next of the Sobol sequence that it began with, whatever the model says (the interleaving of Hutter,
/// Hoos & Leyton-Brown 2011). Trade-offs of policies are ridges between plateaus, to which no stationary kernel does justice:
/// having met one flank of a ridge, the processes are sure of the other, and wrong by many of their standard deviations.
package struct NParEGO: Optimiser, Equatable {
    package let dimensions: Int
    package let seed: UInt64
    /// Candidates per batch.
    package let batchSize: Int
    package private(set) var observations: [Observation] = []
    /// Of the last fit, one per objective and then per constraint: where the next fit begins.
    private var kernels: [MaternKernel] = []
    /// How many places it was told of before it was asked for any: they are its start. nil where it began by itself.
    private var toldStart: Int?
    private var hasBegun: Bool?

    private static let samples = 256
    private static let baseLimit = 24
    private static let promising = 4
    /// Of so many places after the start, one goes to the even coverage of the cube.
    private static let coverageStep = 4
    /// Places of the cube, besides those observed, at which the best plausible value is looked for.
    private static let scalePlaces = 512
    /// Places that it recommends at most, and generations to find them.
    private static let recommendations = 100
    private static let generations = 50

    package init(dimensions: Int, seed: UInt64, batchSize: Int = 4) {
        self.dimensions = dimensions
        self.seed = seed
        self.batchSize = batchSize
    }

    /// Places of a Sobol sequence before there is anything to learn from; those it was told of to begin with stand for them.
    package var startCount: Int { toldStart ?? leastMeasured }
    /// Below it a fitted process says little.
    private var leastMeasured: Int { 2 * (dimensions + 1) }

    package mutating func tell(_ seen: [Observation]) {
        if hasBegun == nil, toldStart == nil, !seen.isEmpty { toldStart = seen.count }
        observations += seen
    }

    package mutating func ask(limit: Int, context: RunContext) throws -> [[Double]] {
        try ask(limit: limit, prior: .none, context: context)
    }

    /// - Parameter prior: what is held of the objectives besides what was told.
    /// - Throws: `CancellationError`.
    package mutating func ask(limit: Int, prior: PriorKnowledge, context: RunContext) throws -> [[Double]] {
        let done = observations.count
        if done == 0 { hasBegun = true }
        if done < startCount {
            let sequence = SobolSequence(dimensions: dimensions, seed: seed)
            return (done..<min(startCount, done + limit)).map(sequence.point)
        }
        let stepSeed = StableHash.mix(seed) ^ StableHash.key("step \(done)")
        guard let model = try fit(prior, context) else {
            return try RandomDesign(dimensions: dimensions, seed: stepSeed).ask(
                limit: min(limit, batchSize), context: context)
        }
        kernels = model.kernels
        let choice = BaseChoice(
            objectives: model.objectives, constraints: model.constraints, places: model.observed,
            samples: Self.samples, seed: stepSeed)
        var chosen: [[Double]] = []
        for slot in 0..<min(limit, batchSize) {
            chosen.append(
                try (prior.candidates.isEmpty ? covering(done + slot) : nil)
                    ?? candidate(slot, pending: chosen, model, choice, stepSeed, context))
        }
        return chosen
    }

    /// The place of even coverage, where the evaluation of that number is one of those.
    private func covering(_ number: Int) -> [Double]? {
        let (round, step) = (number - startCount).quotientAndRemainder(dividingBy: Self.coverageStep)
        guard step == Self.coverageStep - 1 else { return nil }
        return SobolSequence(dimensions: dimensions, seed: seed).point(startCount + round)
    }

    /// The place of most improvement given those already in the batch.
    private func candidate(
        _ slot: Int, pending: [[Double]], _ model: Model, _ choice: BaseChoice, _ stepSeed: UInt64,
        _ context: RunContext
    ) throws -> [Double] {
        var stream = RandomStream(seed: stepSeed, purpose: "mixture \(slot)")
        let scalarisation = ChebyshevScalarisation(
            weights: stream.simplex(model.objectives.count), best: model.best, worst: model.worst)
        let functions = model.objectives.count + model.constraints.count
        let room = max(2, min(Self.baseLimit, SobolSequence.maximumDimensions / functions - batchSize))
        let base = choice.places(scalarisation, limit: room).map { model.observed[$0] } + pending.map(model.prior.known)
        let lists = NormalDraws.lists(functions * (base.count + 1), samples: Self.samples, seed: stream.next())
        func sampled(_ fits: [ProcessFit], from first: Int) -> [SampledPosterior] {
            fits.enumerated().map { index, fit in
                let start = (first + index) * (base.count + 1)
                return SampledPosterior(
                    fit, function: first + index, base: base, draws: Array(lists[start..<start + base.count]))
            }
        }
        let improvement = NoisyImprovement(
            objectives: sampled(model.objectives, from: 0),
            constraints: sampled(model.constraints, from: model.objectives.count), scalarisation: scalarisation,
            draws: model.objectives.indices.map { lists[$0 * (base.count + 1) + base.count] })
        guard model.prior.candidates.isEmpty else {
            return try chosen(model, context) { improvement($0) }
        }
        let search = MultiStart()
        let promising = Array((pending.reversed() + base.map(\.place)).prefix(Self.promising))
        let top = try search.maximise(
            dimensions: dimensions, promising: promising, seed: stream.next(), context: context
        ) { improvement(model.prior.known($0)) }
        guard top.value <= 0 else { return top.place }
        // Nothing promises anything: look where least is known.
        return try search.maximise(dimensions: dimensions, promising: [], seed: stream.next(), context: context) {
            place in
            let features = model.prior.features?(place)
            return model.objectives.reduce(0) { $0 + $1.process.posterior(place, features: features).variance }
        }.place
    }

    /// The best of the only places to choose from; where nothing promises anything, the one of which least is known.
    private func chosen(
        _ model: Model, _ context: RunContext, _ improvement: @Sendable (KnownPlace) -> Double
    ) throws -> [Double] {
        let candidates = model.prior.candidates
        func best(_ value: @Sendable (KnownPlace) -> Double) throws -> (place: [Double], value: Double) {
            let values = try context.workers.map(candidates.count) { index in
                try context.cancellation.check()
                return value(candidates[index])
            }
            let top = values.indices.max { values[$0] != values[$1] ? values[$0] < values[$1] : $0 > $1 } ?? 0
            return (candidates[top].place, values[top])
        }
        let top = try best(improvement)
        guard top.value <= 0 else { return top.place }
        return try best { known in
            model.objectives.reduce(0) {
                $0 + $1.process.posterior(known.place, features: known.features).variance
            }
        }.place
    }

    /// The unbeaten by posterior means among those whose constraints are kept by posterior means, found by evolution from the
    /// places observed: a front is a curve or a surface, of which the places looked at are a few.
    package func recommended(context: RunContext) throws -> [[Double]] {
        guard observations.count > startCount else { return unbeaten }
        return try recommended(prior: .none, context: context)
    }

    /// With means held beforehand, fewer than 2 (dimensions + 1) observations add nothing to them (METHODS 8.2).
    /// - Parameter prior: as of `ask`.
    /// - Throws: `CancellationError`.
    package func recommended(prior: PriorKnowledge, context: RunContext) throws -> [[Double]] {
        guard !observations.isEmpty, let expectation = try expectation(prior: prior, context: context) else {
            return unbeaten
        }
        let objectiveCount = observations[0].objectives.count
        func expected(_ places: [KnownPlace]) throws -> [Observation] {
            try context.workers.map(places.count) { index in
                try context.cancellation.check()
                let means = expectation(places[index]).map { NoisyValue($0.value) }
                return Observation(
                    parameters: places[index].place, objectives: Array(means.prefix(objectiveCount)),
                    constraints: Array(means.dropFirst(objectiveCount)))
            }
        }
        guard prior.candidates.isEmpty else {
            let all = try expected(prior.candidates)
            return ConstrainedRanks.unbeaten(all).map { all[$0].parameters }
        }
        var evolution = NSGA2(dimensions: dimensions, seed: seed, populationSize: Self.recommendations)
        evolution.tell(try expected(observations.map { prior.known($0.parameters) }))
        for _ in 0..<Self.generations {
            let places = try evolution.ask(limit: Self.recommendations, context: context)
            evolution.tell(try expected(places.map(prior.known)))
        }
        let last = evolution.survivors
        return ConstrainedRanks.unbeaten(last).map { last[$0].parameters }
    }

    /// What it holds of the objectives, then of the constraints, at any place: the prior means and what the processes add,
    /// whose variance it is. nil where no process can be fitted.
    /// - Throws: `CancellationError`.
    package func expected(
        _ places: [[Double]], prior: PriorKnowledge, context: RunContext
    ) throws -> [[NoisyValue]]? {
        try expectation(prior: prior, context: context).map { expectation in
            try context.workers.map(places.count) { expectation(prior.known(places[$0])) }
        }
    }

    private func expectation(
        prior: PriorKnowledge, context: RunContext
    ) throws -> (@Sendable (KnownPlace) -> [NoisyValue])? {
        if prior.means != nil, observations.count < leastMeasured {
            return { known in known.means?.map { NoisyValue($0) } ?? [] }
        }
        guard let model = try fit(prior, context) else { return nil }
        return { known in
            (model.objectives + model.constraints).enumerated().map { function, fit in
                let added = fit.posterior(known.place, features: known.features)
                return NoisyValue(known.mean(function) + added.value, variance: added.variance)
            }
        }
    }

    // MARK: The model

    /// A process per objective and per constraint, and the range of the objectives: the worst posterior mean where observed,
    /// and the best that is plausible anywhere. Scaled to the best observed instead, no mixture but the most lopsided would
    /// gain by going beyond it, and the ends of the front would stay unseen.
    private struct Model: Sendable {
        let objectives: [ProcessFit]
        let constraints: [ProcessFit]
        let observed: [KnownPlace]
        let prior: PriorKnowledge
        let best: [Double]
        let worst: [Double]

        var kernels: [MaternKernel] { (objectives + constraints).map(\.process.kernel) }
    }

    private func fit(_ prior: PriorKnowledge, _ context: RunContext) throws -> Model? {
        let inputs = observations.map(\.parameters)
        let observed = try context.workers.map(inputs.count) { prior.known(inputs[$0]) }
        let features = prior.features.map { _ in observed.map { $0.features ?? [] } }
        let objectiveCount = observations[0].objectives.count
        let functions = objectiveCount + observations[0].constraints.count
        let seen = observations
        let starts = kernels
        let fits = try context.workers.map(functions) { index -> ProcessFit? in
            try context.cancellation.check()
            let values = zip(seen, observed).map { seen, known in
                let value =
                    index < objectiveCount ? seen.objectives[index] : seen.constraints[index - objectiveCount]
                return NoisyValue(value.value - known.mean(index), variance: value.variance)
            }
            return ProcessFit(
                inputs: inputs, features: features, values: values, start: index < starts.count ? starts[index] : nil)
        }.compactMap { $0 }
        guard fits.count == functions else { return nil }
        let objectives = Array(fits.prefix(objectiveCount))
        let sequence = SobolSequence(dimensions: dimensions, seed: seed)
        let spread =
            prior.candidates.isEmpty
            ? try context.workers.map(Self.scalePlaces) { prior.known(sequence.point($0)) } : prior.candidates
        let best = try context.workers.map(objectiveCount) { index in
            (observed + spread).map { known in
                let posterior = objectives[index].posterior(known.place, features: known.features)
                return known.mean(index) + posterior.value + posterior.variance.squareRoot()
            }.max() ?? 0
        }
        return Model(
            objectives: objectives, constraints: Array(fits.dropFirst(objectiveCount)), observed: observed,
            prior: prior, best: best,
            worst: objectives.enumerated().map { index, fit in
                observed.map { known in
                    known.mean(index) + fit.posterior(known.place, features: known.features).value
                }.min() ?? 0
            })
    }
}
