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

    /// Places of a Sobol sequence before there is anything to learn from.
    package var startCount: Int { 2 * (dimensions + 1) }

    package mutating func tell(_ seen: [Observation]) { observations += seen }

    package mutating func ask(limit: Int, context: RunContext) throws -> [[Double]] {
        let done = observations.count
        if done < startCount {
            let sequence = SobolSequence(dimensions: dimensions, seed: seed)
            return (done..<min(startCount, done + limit)).map(sequence.point)
        }
        let stepSeed = StableHash.mix(seed) ^ StableHash.key("step \(done)")
        guard let model = try fit(context) else {
            return try RandomDesign(dimensions: dimensions, seed: stepSeed).ask(
                limit: min(limit, batchSize), context: context)
        }
        kernels = model.kernels
        let choice = BaseChoice(
            objectives: model.objectives, constraints: model.constraints, samples: Self.samples, seed: stepSeed)
        var chosen: [[Double]] = []
        for slot in 0..<min(limit, batchSize) {
            chosen.append(
                try covering(done + slot)
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
        let base = choice.places(scalarisation, limit: room).map { observations[$0].parameters } + pending
        let lists = NormalDraws.lists(functions * (base.count + 1), samples: Self.samples, seed: stream.next())
        func sampled(_ fits: [ProcessFit], from first: Int) -> [SampledPosterior] {
            fits.enumerated().map { index, fit in
                let start = (first + index) * (base.count + 1)
                return SampledPosterior(fit, base: base, draws: Array(lists[start..<start + base.count]))
            }
        }
        let improvement = NoisyImprovement(
            objectives: sampled(model.objectives, from: 0),
            constraints: sampled(model.constraints, from: model.objectives.count), scalarisation: scalarisation,
            draws: model.objectives.indices.map { lists[$0 * (base.count + 1) + base.count] })
        let search = MultiStart()
        let promising = Array((pending.reversed() + base).prefix(Self.promising))
        let top = try search.maximise(
            dimensions: dimensions, promising: promising, seed: stream.next(), context: context
        ) { improvement($0) }
        guard top.value <= 0 else { return top.place }
        // Nothing promises anything: look where least is known.
        return try search.maximise(dimensions: dimensions, promising: [], seed: stream.next(), context: context) {
            place in
            model.objectives.reduce(0) { $0 + $1.process.posterior(place).variance }
        }.place
    }

    /// The unbeaten by posterior means among those whose constraints are kept by posterior means, found by evolution from the
    /// places observed: a front is a curve or a surface, of which the places looked at are a few.
    package func recommended(context: RunContext) throws -> [[Double]] {
        guard observations.count > startCount, let model = try fit(context) else { return unbeaten }
        func expected(_ places: [[Double]]) throws -> [Observation] {
            try context.cancellation.check()
            return places.map { place in
                func means(_ fits: [ProcessFit]) -> [NoisyValue] { fits.map { NoisyValue($0.mean(place)) } }
                return Observation(
                    parameters: place, objectives: means(model.objectives), constraints: means(model.constraints))
            }
        }
        var evolution = NSGA2(dimensions: dimensions, seed: seed, populationSize: Self.recommendations)
        evolution.tell(try expected(observations.map(\.parameters)))
        for _ in 0..<Self.generations {
            evolution.tell(try expected(evolution.ask(limit: Self.recommendations, context: context)))
        }
        let last = evolution.survivors
        return ConstrainedRanks.unbeaten(last).map { last[$0].parameters }
    }

    // MARK: The model

    /// A process per objective and per constraint, and the range of the objectives: the worst posterior mean where observed,
    /// and the best that is plausible anywhere. Scaled to the best observed instead, no mixture but the most lopsided would
    /// gain by going beyond it, and the ends of the front would stay unseen.
    private struct Model: Sendable {
        let objectives: [ProcessFit]
        let constraints: [ProcessFit]
        let best: [Double]
        let worst: [Double]

        var kernels: [MaternKernel] { (objectives + constraints).map(\.process.kernel) }
    }

    private func fit(_ context: RunContext) throws -> Model? {
        let inputs = observations.map(\.parameters)
        let objectiveCount = observations[0].objectives.count
        let functions = objectiveCount + observations[0].constraints.count
        let seen = observations
        let starts = kernels
        let fits = try context.workers.map(functions) { index -> ProcessFit? in
            try context.cancellation.check()
            let values = seen.map {
                index < objectiveCount ? $0.objectives[index] : $0.constraints[index - objectiveCount]
            }
            return ProcessFit(inputs: inputs, values: values, start: index < starts.count ? starts[index] : nil)
        }.compactMap { $0 }
        guard fits.count == functions else { return nil }
        let objectives = Array(fits.prefix(objectiveCount))
        let sequence = SobolSequence(dimensions: dimensions, seed: seed)
        let places = inputs + (0..<Self.scalePlaces).map(sequence.point)
        let best = try context.workers.map(objectiveCount) { index in
            places.map { place in
                let posterior = objectives[index].posterior(place)
                return posterior.value + posterior.variance.squareRoot()
            }.max() ?? 0
        }
        return Model(
            objectives: objectives, constraints: Array(fits.dropFirst(objectiveCount)), best: best,
            worst: objectives.map { fit in inputs.map { fit.posterior($0).value }.min() ?? 0 })
    }
}
