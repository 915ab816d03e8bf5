import Allocation
import Foundation
import Runtime
import Statistics
import Testing

@Suite struct ChanceConstrainedAllocationTests {
    private struct Cases: Decodable {
        struct Case: Decodable {
            let `case`: String
            let leaf: String
            let sd: Double
            let z: Double
            let objective: Double
            let constraints: [Double]
            let se: [Double]
        }
        let cases: [Case]
    }

    private func errors(_ golden: Cases.Case, _ cohorts: Int, _ arms: Int) -> EffectErrors {
        let variance = golden.sd * golden.sd
        let treated = (0..<cohorts * arms).map { $0 % arms > 0 }
        if golden.leaf == "one per (cohort,arm,outcome)" {
            return EffectErrors(variances: treated.map { $0 ? variance : 0 })
        }
        return EffectErrors(
            own: treated.map { _ in 0 }, leaf: treated.indices.map { $0 % arms > 0 ? $0 % arms - 1 : nil },
            loading: treated.map { _ in 1 },
            leafCovariance: DenseMatrix(rowCount: arms - 1, columnCount: arms - 1) { $0 == $1 ? variance : 0 })
    }

    @Test func solvesTheGoldens() throws {
        for golden in try Golden.decode(Cases.self, from: "chance.json").cases {
            let problem = try Golden.problem(
                golden.case, thresholds: golden.constraints.map { _ in 0.05 }
            ) { [errors] in errors(golden, $0, $1) }
            let solution = try #require(try ChanceConstrainedAllocation(problem, z: golden.z).solve().solution)
            #expect(abs(solution.objective - golden.objective) < 1e-5)
            for (k, constraint) in golden.constraints.enumerated() {
                #expect(abs(solution.values[k + 1] + constraint) < 1e-5)
                let bound = solution.values[k + 1] + golden.z * (solution.standardErrors[k + 1] ?? .infinity)
                #expect(bound < 0.05 + 1e-7)
            }
            for (outcome, error) in golden.se.enumerated() {
                #expect(abs((solution.standardErrors[outcome] ?? .infinity) - error) < 1e-4)
            }
        }
    }

    /// Two arms at half each, all units one leaf: without the control that they share, the standard error would be
    /// sqrt(1.5) = 1.22 times too small; with three arms at a third each sqrt(2) = 1.41 times (METHODS 4.4).
    @Test(arguments: [2, 3])
    func armsShareControl(count: Int) throws {
        func error(covariance: Double) -> Double {
            EffectErrors(
                own: (0...count).map { _ in 0 }, leaf: [nil] + (0..<count).map { $0 },
                loading: (0...count).map { _ in 1 },
                leafCovariance: DenseMatrix(rowCount: count, columnCount: count) { $0 == $1 ? 2 : covariance }
            ).standardError(of: [0] + (0..<count).map { _ in 1 / Double(count) })
        }
        let ratio = error(covariance: 1) / error(covariance: 0)
        #expect(abs(ratio - (Double(count + 1) / 2).squareRoot()) < 1e-12)
    }

    /// Own errors, loadings, and leaves of two arms that share control, by a cone programme (CVXPY 1.9, Clarabel).
    @Test func sharedLeavesAreThoseOfAConeProgramme() throws {
        let (cohorts, arms) = (12, 3)
        var state: UInt64 = 0
        func uniform() -> Double {
            state &+= 0x9E37_79B9_7F4A_7C15
            return Double(StableHash.mix(state) >> 11) * 0x1p-53
        }
        func cells(_ value: (Double) -> Double) -> [Double] {
            (0..<cohorts * arms).map { $0 % arms == 0 ? 0 : value(uniform()) }
        }
        let sizes = (0..<cohorts).map { _ in 0.5 + uniform() }
        let means = (0..<3).map { outcome in cells { $0 - (outcome == 0 ? 0.3 : 0.4) } }
        let own = (0..<3).map { _ in cells { 0.01 * $0 } }
        let loading = (0..<3).map { _ in cells { $0 } }
        let leaf = (0..<cohorts * arms).map { cell -> Int? in
            [nil, cell / arms % 3, 3 + cell / arms % 2][cell % arms]
        }
        let covariance = DenseMatrix(rowCount: 5, columnCount: 5) { a, b in
            a == b ? 0.02 : (a < 3) != (b < 3) ? 0.006 : 0
        }
        let problem = try AllocationProblem(
            armCount: arms, sizes: sizes,
            outcomes: (0..<3).map {
                OutcomeEffects(
                    name: "u\($0)", means: means[$0],
                    errors: EffectErrors(
                        own: own[$0], leaf: leaf, loading: loading[$0], leafCovariance: covariance))
            },
            limits: [
                AllocationLimit(outcome: 1, sense: .atLeast, threshold: 0.02),
                AllocationLimit(outcome: 2, sense: .atMost, threshold: 0.05),
            ])
        let solution = try #require(try ChanceConstrainedAllocation(problem, z: 1.5).solve().solution)
        #expect(abs(solution.objective - 0.3031116118091669) < 1e-7)
        #expect(abs(solution.values[1] - 0.07837664633624593) < 1e-5)
        #expect(abs(solution.values[2] + 0.01697826760080794) < 1e-5)
        #expect(abs((solution.standardErrors[1] ?? 0) - 0.03891776422416478) < 1e-5)
        #expect(abs(solution.prices[0] - 0.4419334118546738) < 1e-3)
        #expect(abs(solution.prices[1] - 1.4551190192757244) < 1e-3)
    }

    @Test func saysWhatCannotBeProved() throws {
        // Arm 1 gains .5 with SE 1: at z = 1 no share of it proves a gain of .1, and z SE - mean falls short by .1 at least.
        let problem = try AllocationProblem(
            armCount: 2, sizes: [1],
            outcomes: [OutcomeEffects(name: "y", means: [0, 0.5], errors: EffectErrors(variances: [0, 1]))],
            limits: [AllocationLimit(outcome: 0, sense: .atLeast, threshold: 0.1)])
        guard case .infeasible(let conflicts) = try ChanceConstrainedAllocation(problem, z: 1).solve() else {
            Issue.record("an allocation was found")
            return
        }
        #expect(conflicts.map(\.limit) == [0])
        #expect(abs(conflicts[0].together - 0.1) < 1e-7)
        #expect(try ChanceConstrainedAllocation(problem, z: 0).solve().solution != nil)
    }

    @Test func needsErrorsOfLimitedOutcomes() throws {
        let problem = try Golden.problem("small_40x3_k2", thresholds: [0.05, 0.05])
        #expect(throws: EspalierError.self) { _ = try ChanceConstrainedAllocation(problem, z: 1) }
    }
}
