import Allocation
import Testing

@Suite struct GlobalAllocationTests {
    /// Two cohorts of sizes 1 and 3; pooled effects: arm 1 (gain 1, cost .5), arm 2 (gain 2, cost 1.5).
    private func problem(_ threshold: Double, _ sense: AllocationLimit.Sense = .atMost) throws -> AllocationProblem {
        try AllocationProblem(
            armCount: 3, sizes: [1, 3],
            outcomes: [
                OutcomeEffects(name: "gain", means: [0, 4, 2, 0, 0, 2]),
                OutcomeEffects(name: "cost", means: [0, 0.5, 3, 0, 0.5, 1]),
            ], limits: [AllocationLimit(outcome: 1, sense: sense, threshold: threshold)])
    }

    @Test(arguments: [(2.0, 2), (1.0, 1), (0.1, 0)])
    func takesTheBestArmThatKeepsTheLimit(threshold: Double, arm: Int) throws {
        let solution = try #require(GlobalAllocation.bestArm(try problem(threshold)).solution)
        #expect(solution.shares.armShares(sizes: try problem(threshold).sizes)[arm] == 1)
        #expect(solution.objective == [0, 1, 2][arm])
    }

    /// At a cost of at most 1, half of arm 1 and half of arm 2 gain 1.5, at a price of 1.
    @Test func mixtureSpendsTheWholeLimit() throws {
        let solution = try #require(try GlobalAllocation.bestMixture(problem(1)).solution)
        #expect(abs(solution.objective - 1.5) < 1e-9)
        #expect(abs(solution.values[1] - 1) < 1e-9)
        #expect(abs(solution.prices[0] - 1) < 1e-9)
        #expect(solution.splitCohorts == 2)
    }

    @Test func saysHowFarTheNearestArmIs() throws {
        guard case .infeasible(let conflicts) = GlobalAllocation.bestArm(try problem(2, .atLeast)) else {
            Issue.record("an arm was found")
            return
        }
        #expect(conflicts.map(\.limit) == [0] && conflicts.map(\.together) == [0.5] && conflicts.map(\.alone) == [0.5])
    }
}
