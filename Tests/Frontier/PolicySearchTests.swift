import Effects
import Experiments
import Foundation
import Frontier
import Policies
import Runtime
import Statistics
import Testing

/// Two opposing goods, each moved by its own covariate, three arms: trade-offs that weights and biases both reach.
private struct TradeOff {
    let space: PolicySpace
    let table: PolicyTable

    init(units: Int = 6_000, seed: UInt64) {
        var stream = RandomStream(seed: seed)
        var tau = [[Float]](repeating: [], count: 6)
        var residuals = [[Float]](repeating: [], count: 3)
        var assignment: [UInt8] = []
        for _ in 0..<units {
            let x = stream.normal()
            let z = stream.normal()
            let effects = [0.3 * x + 0.1, -0.2 * x + 0.1 * z, 0.2 * z, 0.2 * z + 0.05, 0.3 * x - 0.1, -0.1 * x - 0.1]
            for (index, effect) in effects.enumerated() { tau[index].append(Float(effect)) }
            assignment.append(UInt8(stream.index(below: 3)))
            for j in 0..<3 { residuals[j].append(Float(3 * 0.5 * stream.normal())) }
        }
        let estimates = EffectEstimates(armCount: 3, outcomeCount: 3, columns: tau)
        let zeros = [Float](repeating: 0, count: units)
        let scores = ScoreTable(control: [zeros, zeros, zeros], contrasts: estimates, residuals: residuals)
        table = PolicyTable(
            effects: estimates, scores: scores, observed: [zeros, zeros, zeros],
            armCosts: Array(repeating: [0, 0, 0], count: 3), assignment: assignment,
            observedPropensity: Array(repeating: 1 / 3, count: units), tuneCount: units)
        let names = ["gain", "quality", "ease"]
        space = PolicySpace(
            arms: ["control", "one", "two"],
            outcomes: names.enumerated().map { index, name in
                PolicySpace.Outcome(
                    name: name, direction: .maximize, threshold: index == 1 ? .absolute(-0.02) : nil, centre: 1,
                    scale: 1)
            },
            averageEffects: [[0, 0, 0], [0.1, 0, 0], [0.05, -0.1, -0.1]], controlMeans: [1, 1, 1])
    }

    var grids: ParameterGrids { ParameterGrids(table: table, space: space) }

    func evaluator() throws -> PolicyEvaluator {
        try PolicyEvaluator(space: space, table: table, workers: Workers(count: 1))
    }

    func search(
        _ method: SearchSettings.Method, _ evaluations: Int, seed: UInt64, workers: Workers = Workers()
    ) throws -> ParetoFront {
        let evaluator = try evaluator()
        return try PolicySearch(
            evaluator: evaluator, grids: grids,
            settings: SearchSettings(method: method, evaluations: evaluations, seed: seed)
        ).run(
            reference: ReferencePoint.standard(arms: PolicySearch.armValues(evaluator)),
            context: RunContext(workers: workers))
    }
}

@Suite struct PolicySearchTests {
    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64]) func beatsRandomAndWeightsAlone(seed: UInt64) throws {
        let problem = TradeOff(seed: 100 + seed)
        let front = try problem.search(.profiles, 600, seed: seed)
        let random = try problem.search(.random, 5_000, seed: seed)
        let weights = try problem.search(.weights, 600, seed: seed)
        #expect(front.hypervolume >= random.hypervolume)
        #expect(front.hypervolume >= weights.hypervolume)
        for a in front.points {
            #expect(!front.points.contains { dominates($0.values, a.values) })
        }
        // Every single arm is weakly dominated by the front: large biases reproduce it.
        for arm in try PolicySearch.armValues(problem.evaluator()) {
            #expect(front.points.contains { zip($0.values, arm).allSatisfy { $0 >= $1 - 1e-9 } })
        }
    }

    @Test func threadsDoNotMatter() throws {
        let problem = TradeOff(seed: 7)
        #expect(
            try problem.search(.profiles, 48, seed: 1, workers: Workers(count: 1))
                == problem.search(.profiles, 48, seed: 1, workers: Workers(count: 2)))
    }

    /// Every method goes the same protocol: saved in the middle and read back it finds what it would have found, and its
    /// trace of hypervolume never falls.
    @Test(arguments: SearchSettings.Method.allCases) func savedSearchesGoOnAsBefore(
        method: SearchSettings.Method
    ) throws {
        let problem = TradeOff(units: 800, seed: 3)
        let evaluator = try problem.evaluator()
        let evaluations = method == .nparego ? 22 : 150
        let search = PolicySearch(
            evaluator: evaluator, grids: problem.grids,
            settings: SearchSettings(method: method, evaluations: evaluations, seed: 2, frontLimit: 10_000))
        let reference = ReferencePoint.standard(arms: PolicySearch.armValues(evaluator))
        let whole = try search.run(reference: reference, context: RunContext())
        var state = try search.begin(reference: reference, context: RunContext())
        for _ in 0..<2 { try search.advance(&state, context: RunContext()) }
        try #require(state.evaluations < evaluations)
        var read = try JSONDecoder().decode(SearchState.self, from: JSONEncoder().encode(state))
        while !read.isDone { try search.advance(&read, context: RunContext()) }
        #expect(search.front(of: read) == whole)
        #expect(read.evaluations == evaluations && read.trace.last?.evaluations == evaluations)
        #expect(zip(read.trace, read.trace.dropFirst()).allSatisfy { $0.hypervolume <= $1.hypervolume })
        #expect(zip(read.trace, read.trace.dropFirst()).allSatisfy { $0.seconds <= $1.seconds })
        #expect(abs((read.trace.last?.hypervolume ?? 0) - whole.hypervolume) < 1e-12)
    }

    /// A search on samples that grow ends on the front that a search of all units ends on, but for what a sample errs by, and
    /// shows what all units say.
    @Test(arguments: [1, 2, 3] as [UInt64]) func samplesFindTheFrontOfAllUnits(seed: UInt64) throws {
        let problem = TradeOff(units: 40_000, seed: 20 + seed)
        let evaluator = try problem.evaluator()
        let reference = ReferencePoint.standard(arms: PolicySearch.armValues(evaluator))
        let settings = SearchSettings(evaluations: 300, seed: seed)
        func front(_ workers: Workers) throws -> ParetoFront {
            try SampledSearch(
                evaluator: evaluator, grids: problem.grids, settings: settings,
                stages: [.init(units: 4_000, share: 0.8), .init(units: 12_000, share: 0.2)]
            ).runTraced(reference: reference, context: RunContext(workers: workers)).front
        }
        let sampled = try front(Workers(count: 2))
        let whole = try SampledSearch(evaluator: evaluator, grids: problem.grids, settings: settings)
            .runTraced(reference: reference, context: RunContext()).front
        let plain = try PolicySearch(evaluator: evaluator, grids: problem.grids, settings: settings)
            .run(reference: reference, context: RunContext())
        #expect(whole == plain)
        print("sampled search: hypervolume \(sampled.hypervolume) of \(whole.hypervolume)")
        #expect(sampled.hypervolume >= 0.98 * whole.hypervolume)
        for point in sampled.points {
            let moments = evaluator.moments(of: LinearPolicy(point.knobs, in: problem.space))
            #expect(point.values == moments.outcomes.map { $0?.value })
        }
        #expect(try front(Workers(count: 1)) == sampled)
    }

    /// The front of policies that keep the limits: all of it does, and no random policy that does adds more than a sliver.
    @Test func feasibleFrontKeepsTheLimits() throws {
        let problem = TradeOff(seed: 12)
        let evaluator = try problem.evaluator()
        let reference = ReferencePoint.standard(arms: PolicySearch.armValues(evaluator))
        func front(_ method: SearchSettings.Method, _ evaluations: Int, feasible: Bool) throws -> ParetoFront {
            try PolicySearch(
                evaluator: evaluator, grids: problem.grids,
                settings: SearchSettings(method: method, evaluations: evaluations, seed: 4, feasible: feasible)
            ).run(reference: reference, context: RunContext())
        }
        let feasible = try front(.profiles, 400, feasible: true)
        #expect(!feasible.points.isEmpty)
        for point in feasible.points {
            #expect(evaluator.evaluate(point.knobs).outcomes[1].limit != .outside)
        }
        let all = try front(.profiles, 400, feasible: false)
        #expect(feasible.hypervolume < all.hypervolume)
        #expect(all.points.contains { evaluator.evaluate($0.knobs).outcomes[1].limit == .outside })
        let random = try front(.random, 3_000, feasible: true)
        #expect(random.points.allSatisfy { evaluator.evaluate($0.knobs).outcomes[1].limit != .outside })
        #expect(feasible.hypervolume >= random.hypervolume)
        // Spending itself on what is feasible finds more there than keeping the feasible part of the whole front.
        let kept = all.points.filter { evaluator.evaluate($0.knobs).outcomes[1].limit != .outside }
        #expect(feasible.hypervolume >= ParetoFront(kept, reference: reference).hypervolume)
    }

    @Test func cancellingStops() throws {
        let problem = TradeOff(units: 500, seed: 1)
        let cancellation = Cancellation()
        cancellation.cancel()
        let evaluator = try problem.evaluator()
        #expect(throws: CancellationError.self) {
            try PolicySearch(evaluator: evaluator, grids: problem.grids, settings: SearchSettings()).run(
                reference: [0, 0, 0], context: RunContext(cancellation: cancellation))
        }
    }

    @Test func bestWithinLimitsKeepsThemAndBeatsEverySingleArmThatDoes() throws {
        let problem = TradeOff(seed: 11)
        let evaluator = try problem.evaluator()
        let found = try BestWithinLimits(evaluator: evaluator, grids: problem.grids).search(
            from: .start(in: problem.space), context: RunContext())
        #expect(found.verdict == .inside)
        let evaluation = evaluator.evaluate(found.knobs)
        #expect(evaluation.limits == .inside)
        let value = try #require(evaluation.outcomes[0].value)
        for arm in 0..<3 {
            let single = evaluator.evaluate(.everyone(arm: arm, in: problem.space), weights: [1, 0, 0])
            if single.limits == .inside { #expect(value >= single.outcomes[0].value ?? .infinity) }
        }
    }
}
