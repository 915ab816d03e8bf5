import Allocation
import Foundation
import Runtime
import Statistics
import Testing

@Suite struct OptimumBootstrapTests {
    private func units(_ count: Int, seed: UInt64) -> CohortUnits {
        var stream = RandomStream(seed: seed, purpose: "bootstrap test")
        let cohorts = (0..<count).map { Int32($0 % 4) }
        let arms = (0..<count).map { UInt8($0 / 4 % 2) }
        let outcomes = (0..<2).map { _ in
            (0..<count).map { Float(stream.normal() + (arms[$0] == 1 ? Double(cohorts[$0]) / 10 : 0)) }
        }
        return CohortUnits(
            cohortCount: 4, cohorts: cohorts, armCount: 2, arms: arms, outcomes: outcomes)
    }

    private func effects(_ sums: CohortSums) -> [OutcomeEffects] {
        CohortEffects.inherited.estimate(
            sums, leaves: CohortLeaves(cohorts: 4, arms: 2, outcomes: 2), names: ["gain", "cost"])
    }

    private func problem(_ units: CohortUnits, threshold: Double) throws -> AllocationProblem {
        let sums = units.sums
        return try AllocationProblem(
            armCount: 2, sizes: sums.sizes, outcomes: effects(sums),
            limits: [AllocationLimit(outcome: 1, sense: .atMost, threshold: threshold)])
    }

    private func correction(
        _ units: CohortUnits, _ problem: AllocationProblem, workers: Int = 1
    ) throws -> OptimumCorrection {
        var bootstrap = OptimumBootstrap()
        bootstrap.resamples = 300
        return try bootstrap.run(
            problem, solve: { try LinearAllocation.solve($0) },
            effects: { [effects] stream in effects(units.resampled(&stream)) },
            context: RunContext(workers: Workers(count: workers)))
    }

    @Test func resamplesKeepTheArms() {
        let units = units(400, seed: 1)
        var stream = RandomStream(seed: 1)
        let resampled = units.resampled(&stream)
        #expect(resampled != units.sums)
        #expect(resampled.sizes.reduce(0, +) == 400 && units.sums.sizes == [100, 100, 100, 100])
    }

    @Test func doesNotDependOnThreads() throws {
        let units = units(400, seed: 1)
        let problem = try problem(units, threshold: 0.1)
        #expect(try correction(units, problem) == correction(units, problem, workers: 2))
    }

    /// A fixed allocation has no optimism, and the error of its value is the plug-in's own.
    @Test func withoutAChoiceThereIsNoOptimism() throws {
        let units = units(4_000, seed: 2)
        let problem = try problem(units, threshold: 10)
        var bootstrap = OptimumBootstrap()
        bootstrap.resamples = 400
        let everybody = try #require(try LinearAllocation.solve(certain(problem)).solution)
        let correction = try bootstrap.run(
            problem, solve: { _ in .solved(everybody) },
            effects: { [effects] stream in effects(units.resampled(&stream)) })
        for (outcome, effects) in problem.outcomes.enumerated() {
            let error = try #require(effects.errors).standardError(of: [0, 0.25, 0, 0.25, 0, 0.25, 0, 0.25])
            // 400 resamples know a standard deviation to 3.5%, and a mean to 1/20 of it.
            #expect(abs(correction.standardError(outcome: outcome) / error - 1) < 0.12)
            #expect(abs(correction.optimism(outcome: outcome)) < error / 20 * 4)
        }
    }

    /// Everybody gets arm 1.
    private func certain(_ problem: AllocationProblem) throws -> AllocationProblem {
        try AllocationProblem(
            armCount: 2, sizes: problem.sizes,
            outcomes: problem.outcomes.map { outcome in
                OutcomeEffects(name: outcome.name, means: outcome.means.indices.map { Double($0 % 2) })
            }, limits: [])
    }

    @Test func countsResamplesThatCannotBeSolved() throws {
        // The least that any allocation spends is about -.05: some resamples can spend that little, others cannot.
        let units = units(400, seed: 3)
        let free = try problem(units, threshold: 10)
        let least = (0..<4).reduce(0.0) { $0 + min(0, free.outcomes[1].means[2 * $1 + 1]) / 4 }
        let correction = try correction(units, problem(units, threshold: least))
        #expect(correction.infeasible > 30 && correction.infeasible < 270)
        #expect(correction.resamples == 300)
    }
}
