import Allocation
import Runtime
import Testing

@Suite struct StochasticAllocationTests {
    private struct Projection: Decodable {
        let v: [Double]
        let x: [Double]
    }

    @Test func projectsAsTheGoldensDo() throws {
        for golden in try Golden.decode([Projection].self, from: "simplex.json") {
            let projected = SimplexProjection.project(golden.v)
            #expect(zip(projected, golden.x).allSatisfy { abs($0 - $1) < 1e-7 })
        }
    }

    private struct Runs: Decodable {
        struct Run: Decodable {
            let metric: Int
            let step: Double
            let kappa: Double
            let steps: Int
            let objective: Double
            let constraintValue: Double
            let x: [[Double]]

            enum CodingKeys: String, CodingKey {
                case metric, step, kappa, objective, constraintValue, x
                case steps = "N"
            }
        }
        let runs: [Run]
    }

    private func certain(_ cohorts: Int, _ arms: Int) -> EffectErrors {
        EffectErrors(variances: Array(repeating: 0, count: cohorts * arms))
    }

    /// Without noise and with one limit there is no randomness. The golden's sizes sum to 1 - 1e-9, ours to 1.
    @Test func followsTheGoldenRuns() throws {
        let problem = try Golden.problem("tiny_3x3_k1", thresholds: [0.05]) { [certain] in certain($0, $1) }
        let runs = try Golden.decode(Runs.self, from: "mcsa_tiny.json").runs
        #expect(runs.count == 32)
        for run in runs {
            var settings = StochasticSettings()
            settings.steps = run.steps
            settings.stepSize = run.step
            settings.tolerance = run.kappa
            settings.metric = run.metric == 0 ? .cohorts : .shares
            settings.startsWarm = false
            let solution = try #require(try StochasticAllocation(problem, settings: settings).solve().solution)
            #expect(abs(solution.objective - run.objective) < 1e-9)
            #expect(abs(solution.values[1] + run.constraintValue) < 1e-9)
            #expect(zip(solution.shares.values, run.x.flatMap { $0 }).allSatisfy { abs($0 - $1) < 1e-9 })
        }
    }

    /// The bars of the method's speed, against the linear programme's optimum.
    @Test(arguments: [
        (steps: 250, warm: false, gap: 0.08), (steps: 1_000, warm: false, gap: 0.03),
        (steps: 250, warm: true, gap: 0.05), (steps: 1_000, warm: true, gap: 0.025),
    ])
    func comesNearTheOptimum(steps: Int, warm: Bool, gap: Double) throws {
        let problem = try Golden.problem("medium_250x4_k3", thresholds: [0.05, 0.05, 0.05]) { [certain] in
            certain($0, $1)
        }
        let best = try #require(try LinearAllocation.solve(problem).solution).objective
        var settings = StochasticSettings()
        settings.steps = steps
        settings.startsWarm = warm
        let solution = try #require(try StochasticAllocation(problem, settings: settings).solve().solution)
        let violation = problem.limits.map { $0.excess(of: solution.values[$0.outcome]) }.max() ?? 0
        #expect(solution.objective >= (1 - gap) * best)
        #expect(violation <= (warm ? 0 : 1e-3))
    }

    private func noisy(_ variance: Double, threshold: Double = 0.05) throws -> AllocationProblem {
        try Golden.problem("small_40x3_k2", thresholds: [threshold, threshold]) { cohorts, arms in
            EffectErrors(variances: (0..<cohorts * arms).map { $0 % arms == 0 ? 0 : variance })
        }
    }

    @Test func isTheSameForTheSameSeed() throws {
        let problem = try noisy(0.04)
        var other = StochasticSettings()
        other.seed = 2
        let first = try StochasticAllocation(problem).solve()
        #expect(try StochasticAllocation(problem).solve() == first)
        #expect(try StochasticAllocation(problem, settings: other).solve() != first)
    }

    @Test func standsInWhereNoIteratePasses() throws {
        // No allocation spends less than the least: with noise no estimate is that low at every one of a few steps.
        let least = try noisy(0).outcomes[1].means
        let sizes = try noisy(0).sizes
        let floor = (0..<40).reduce(0.0) { $0 + sizes[$1] * (least[3 * $1..<3 * $1 + 3].min() ?? 0) }
        let problem = try AllocationProblem(
            armCount: 3, sizes: sizes, outcomes: noisy(1e-4).outcomes,
            limits: [AllocationLimit(outcome: 1, sense: .atMost, threshold: floor + 1e-6)])
        var settings = StochasticSettings()
        settings.steps = 30
        settings.tolerance = -0.5
        let solution = try #require(try StochasticAllocation(problem, settings: settings).solve().solution)
        let cause = try #require(solution.standIn)
        #expect(cause.contains("u1"))
        #expect(solution.shares == (try LinearAllocation.solve(problem).solution)?.shares)
    }

    @Test func stopsWhenCancelled() throws {
        let context = RunContext()
        context.cancellation.cancel()
        let method = try StochasticAllocation(noisy(0.01))
        #expect(throws: CancellationError.self) { try method.solve(context: context) }
    }

    @Test func needsErrors() throws {
        let problem = try Golden.problem("small_40x3_k2", thresholds: [0.05, 0.05])
        #expect(throws: EspalierError.self) { _ = try StochasticAllocation(problem) }
    }
}
