import Allocation
import Foundation
import Runtime
import Testing

@Suite struct LinearAllocationTests {
    /// HiGHS, by SciPy's linprog.
    struct Expected: Decodable {
        let c: [Double]
        let status: String
        let objective: Double?
        let duals: [Double]?
        let constraintUse: [Double]?
        let fractionalCohorts: Int?
    }

    @Test(arguments: [
        "tiny_3x3_k1", "small_40x3_k2", "medium_250x4_k3", "unconstrained_20x3_k0", "zero_budget_30x3_k2",
        "infeasible_10x3_k1",
    ])
    func solvesTheGoldens(name: String) throws {
        let expected = try #require(try Golden.decode([String: Expected].self, from: "lp_golden.json")[name])
        let problem = try Golden.problem(name, thresholds: expected.c)
        let result = try LinearAllocation.solve(problem)
        guard let objective = expected.objective else {
            #expect(result.solution == nil)
            return
        }
        let solution = try #require(result.solution)
        #expect(abs(solution.objective - objective) < 1e-8)
        #expect(solution.splitCohorts == expected.fractionalCohorts)
        for (k, dual) in (expected.duals ?? []).enumerated() { #expect(abs(solution.prices[k] - dual) < 1e-8) }
        for (k, use) in (expected.constraintUse ?? []).enumerated() {
            #expect(abs(solution.values[k + 1] - use) < 1e-8)
        }
    }

    /// The same problem with outcomes on other scales, and limits from below on their negatives.
    @Test func scalesAndOrientationsDoNotMatter() throws {
        let plain = try Golden.problem("small_40x3_k2", thresholds: [0.05, 0.05])
        let factors = [1e7, -1e-8, -3e5]
        let turned = try AllocationProblem(
            armCount: 3, sizes: plain.sizes.map { $0 * 12_345 },
            outcomes: zip(plain.outcomes, factors).map { outcome, factor in
                OutcomeEffects(name: outcome.name, means: outcome.means.map { $0 * factor })
            },
            limits: (1...2).map {
                AllocationLimit(outcome: $0, sense: .atLeast, threshold: 0.05 * factors[$0])
            })
        let expected = try #require(try LinearAllocation.solve(plain).solution)
        let solution = try #require(try LinearAllocation.solve(turned).solution)
        #expect(zip(solution.shares.values, expected.shares.values).allSatisfy { abs($0 - $1) < 1e-8 })
        for k in 0..<2 {
            let price = expected.prices[k] * 1e7 / abs(factors[k + 1])
            #expect(abs(solution.prices[k] / price - 1) < 1e-8)
        }
    }

    /// The least that any allocation can spend is the sum of each cohort's cheapest arm.
    @Test func saysByHowMuchALimitHasToYield() throws {
        let problem = try Golden.problem("infeasible_10x3_k1", thresholds: [-5])
        let costs = problem.outcomes[1].means
        let least = (0..<10).reduce(0.0) { $0 + problem.sizes[$1] * (costs[3 * $1..<3 * $1 + 3].min() ?? 0) }
        guard case .infeasible(let conflicts) = try LinearAllocation.solve(problem) else {
            Issue.record("an allocation was found")
            return
        }
        #expect(conflicts.map(\.limit) == [0])
        #expect(abs(conflicts[0].together - (least + 5)) < 1e-8)
        #expect(abs(try #require(conflicts[0].alone) - (least + 5)) < 1e-8)
    }

    /// One cohort, arm 1 does (1, 1): outcome 1 at most .2 and outcome 2 at least .5 contradict each other by .3; the third
    /// limit has no part in it.
    @Test func namesTheLimitsThatContradictEachOther() throws {
        let problem = try AllocationProblem(
            armCount: 2, sizes: [1],
            outcomes: ["a", "b", "c", "d"].map { OutcomeEffects(name: $0, means: [0, 1]) },
            limits: [
                AllocationLimit(outcome: 1, sense: .atMost, threshold: 0.2),
                AllocationLimit(outcome: 2, sense: .atLeast, threshold: 0.5),
                AllocationLimit(outcome: 3, sense: .atMost, threshold: 0.9),
            ])
        guard case .infeasible(let conflicts) = try LinearAllocation.solve(problem) else {
            Issue.record("an allocation was found")
            return
        }
        #expect(conflicts.map(\.limit) == [0, 1])
        #expect(abs(conflicts[0].together + conflicts[1].together - 0.3) < 1e-9)
        for conflict in conflicts { #expect(abs(try #require(conflict.alone) - 0.3) < 1e-9) }
    }

    @Test func anEmptyCohortGetsTheArmThatThePricesFavour() throws {
        let problem = try AllocationProblem(
            armCount: 2, sizes: [1, 0, 0],
            outcomes: [
                OutcomeEffects(name: "gain", means: [0, 1, 0, 3, 0, 3]),
                OutcomeEffects(name: "cost", means: [0, 1, 0, 2, 0, 4]),
            ], limits: [AllocationLimit(outcome: 1, sense: .atMost, threshold: 0.5)])
        let solution = try #require(try LinearAllocation.solve(problem).solution)
        #expect(solution.prices == [1])
        #expect(solution.shares.values == [0.5, 0.5, 0, 1, 1, 0])
    }

    /// Every point of a curve is the solution from scratch; its slope is its price.
    @Test func curveIsWhatSolvingAnewGives() throws {
        let problem = try Golden.problem("medium_250x4_k3", thresholds: [0.05, 0.05, 0.05])
        let curve = try #require(try LimitCurve(of: problem, along: 1, count: 21))
        #expect(curve.points.count == 21)
        for point in curve.points {
            let anew = try #require(
                try LinearAllocation.solve(problem.replacing(thresholds: [0.05, point.threshold, 0.05])).solution)
            #expect(abs(anew.objective - point.objective) < 1e-8)
        }
        for (a, b) in zip(curve.points, curve.points.dropFirst()) {
            let slope = (b.objective - a.objective) / (b.threshold - a.threshold)
            #expect(a.price + 1e-6 >= slope && slope >= b.price - 1e-6)
        }
        // The tightest end is the edge of what is possible, and at the loose end the limit costs nothing.
        let range = curve.points[20].threshold - curve.points[0].threshold
        let beyond = problem.replacing(thresholds: [0.05, curve.points[0].threshold - 1e-4 * range, 0.05])
        #expect(try LinearAllocation.solve(beyond).solution == nil)
        let loose = try #require(try LinearAllocation.solve(problem.replacing(thresholds: [0.05, 1, 0.05])).solution)
        #expect(abs(loose.objective - curve.points[20].objective) < 1e-8)
    }

    @Test func thereIsNoCurveWhereTheOtherLimitsCannotBeKept() throws {
        let problem = try Golden.problem("small_40x3_k2", thresholds: [0.05, -5])
        #expect(try LimitCurve(of: problem, along: 0, count: 5) == nil)
    }

    @Test func refusesWhatIsNoProblem() {
        func attempt(
            arms: Int = 2, sizes: [Double] = [1, 1], means: [Double] = [0, 1, 0, 1], variances: [Double]? = nil,
            threshold: Double = 1
        ) throws {
            _ = try AllocationProblem(
                armCount: arms, sizes: sizes,
                outcomes: [
                    OutcomeEffects(name: "y", means: means, errors: variances.map { EffectErrors(variances: $0) })
                ], limits: [AllocationLimit(outcome: 0, sense: .atMost, threshold: threshold)])
        }
        #expect(throws: EspalierError.self) { try attempt(sizes: [], means: []) }
        #expect(throws: EspalierError.self) { try attempt(arms: 1, means: [0, 0]) }
        #expect(throws: EspalierError.self) { try attempt(sizes: [1, -1]) }
        #expect(throws: EspalierError.self) { try attempt(sizes: [0, 0]) }
        #expect(throws: EspalierError.self) { try attempt(means: [0, .nan, 0, 1]) }
        #expect(throws: EspalierError.self) { try attempt(variances: [0, -1, 0, 1]) }
        #expect(throws: EspalierError.self) { try attempt(threshold: .infinity) }
        #expect(throws: Never.self) { try attempt() }
    }
}
