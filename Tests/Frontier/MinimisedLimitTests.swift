import Effects
import Experiments
import Frontier
import Policies
import Runtime
import Statistics
import Testing

/// The best policy inside a limit on an outcome of which less is better: by the interval's high end, not its low one.
@Suite struct MinimisedLimitTests {
    /// Every unit gains 1 of the first outcome; of the second it gets 0 to 0.5 more, known beforehand, which may rise by 0.1.
    private struct Problem {
        let space = PolicySpace(
            arms: ["c", "t"],
            outcomes: [
                PolicySpace.Outcome(name: "gain", direction: .maximize, threshold: nil, centre: 1, scale: 1),
                PolicySpace.Outcome(
                    name: "harm", direction: .minimize, threshold: .absolute(-0.1), centre: 1, scale: 1),
            ], averageEffects: [[0, 0], [1, 0.25]], controlMeans: [1, 1])
        let table: PolicyTable

        init(units: Int = 2_000) {
            var stream = RandomStream(seed: 2)
            let harm = (0..<units).map { Float($0) / Float(2 * units) }
            let effects = EffectEstimates(
                armCount: 2, outcomeCount: 2, columns: [Array(repeating: 1, count: units), harm])
            let zeros = [Float](repeating: 0, count: units)
            // An error of 0.02 where all are treated: 0.9 / sqrt(2,000).
            let residuals = (0..<units).map { _ in Float(0.9 * stream.normal()) }
            table = PolicyTable(
                effects: effects,
                scores: ScoreTable(control: [zeros, zeros], contrasts: effects, residuals: [zeros, residuals]),
                observed: [zeros, zeros], armCosts: [[0, 0], [0, 0]],
                assignment: (0..<units).map { _ in UInt8(stream.index(below: 2)) },
                observedPropensity: Array(repeating: 0.5, count: units), tuneCount: units)
        }
    }

    @Test func theHighEndOfTheIntervalCounts() throws {
        let problem = Problem()
        let evaluator = try PolicyEvaluator(space: problem.space, table: problem.table)
        let found = try BestWithinLimits(
            evaluator: evaluator, grids: ParameterGrids(table: problem.table, space: problem.space)
        ).search(from: .start(in: problem.space), context: RunContext(workers: Workers(count: 1)))
        #expect(found.verdict == .inside)
        let evaluation = evaluator.evaluate(found.knobs)
        let harm = try #require(evaluation.outcomes[1].difference)
        #expect((harm.high ?? 1) <= 0.1)
        // Nobody gains by being left out: the best is to treat those whom it harms least, up to the limit.
        let best = stride(from: 0, through: 2_000, by: 20).compactMap { treated -> Double? in
            let assignment = (0..<2_000).map { UInt8($0 < treated ? 1 : 0) }
            let own = evaluator.evaluate(ArmProbabilities(assignment: assignment, armCount: 2), weights: [1, 0])
            return own.limits == .inside ? own.outcomes[0].difference?.value : nil
        }.max()
        #expect(try #require(evaluation.outcomes[0].difference).value > 0.93 * (try #require(best)))
    }

    /// A feasible front keeps to policies whose estimates hold the limit, from its own side.
    @Test func feasibleFrontsKeepTheLimit() throws {
        let problem = Problem()
        let evaluator = try PolicyEvaluator(space: problem.space, table: problem.table, workers: Workers(count: 1))
        let grids = ParameterGrids(table: problem.table, space: problem.space)
        let reference = ReferencePoint.standard(arms: PolicySearch.armValues(evaluator))
        let front = try PolicySearch(
            evaluator: evaluator, grids: grids, settings: SearchSettings(evaluations: 64, seed: 1, feasible: true)
        ).run(reference: reference, context: RunContext(workers: Workers(count: 1)))
        #expect(!front.points.isEmpty)
        for point in front.points {
            let harm = evaluator.evaluate(point.knobs).outcomes[1]
            #expect(try #require(harm.difference).value <= 0.1 + 1e-9)
            #expect(abs(point.values[1] + (try #require(harm.value))) < 1e-6)
        }
        // Of harms from 0 to 0.5 those below c come to c^2 a unit in all: c = 0.32 keeps the limit, and treats 63%.
        #expect(try #require(front.points.map { $0.values[0] }.max()) > 1.5)
    }

    /// The joint normal by hand, one limit: Phi((0.1 - harm)/error) for what is to fall.
    @Test func theProbabilityOfKeepingIt() throws {
        let problem = Problem()
        let evaluator = try PolicyEvaluator(space: problem.space, table: problem.table)
        for bias in [-0.4, -0.1, 0] {
            let policy = LinearPolicy(weights: [0.1, 1], biases: [0, bias + 0.2])
            let harm = try #require(evaluator.evaluate(policy, weights: [1, 0]).outcomes[1].difference)
            guard let error = harm.standardError, error > 0 else { continue }
            let probability = try #require(try Feasibility.probability(of: .linear(policy), evaluator: evaluator))
            #expect(abs(probability - Normal.cumulative((0.1 - harm.value) / error)) < 1e-6)
        }
    }
}
