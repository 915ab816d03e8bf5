import Allocation
import Runtime
import Statistics
import Testing

@Suite struct MemberAllocationTests {
    struct Cases: Decodable {
        struct Case: Decodable {
            let units: Int
            let arms: Int
            let limits: Int
            let dual: Double
            let primal: Double
            let prices: [Double]
            let fractional: Int

            enum CodingKeys: String, CodingKey {
                case units, dual, primal, prices, fractional
                case arms = "J"
                case limits = "K"
            }
        }
        let cases: [Case]
    }

    /// The goldens' own instances: splitmix64 of seed 1.
    private static func instance(units: Int, arms: Int, limits: Int) throws -> MemberProblem {
        let columns = (0...limits).flatMap { k in
            (1..<arms).map { j in
                (0..<units).map { i in
                    let index = UInt64((i * arms + j) * (limits + 1) + k)
                    let bits = StableHash.mix(1 &+ index &+ 0x9E37_79B9_7F4A_7C15)
                    return Float(Double(bits >> 11) * 0x1p-53 - (k == 0 ? 0.3 : 0.2))
                }
            }
        }
        return try MemberProblem(
            effects: MemberEffects(armCount: arms, columns: columns),
            limits: (0..<limits).map { AllocationLimit(outcome: $0 + 1, sense: .atMost, threshold: 0.05) })
    }

    @Test func solvesTheGoldens() throws {
        for golden in try Golden.decode(Cases.self, from: "dual.json").cases {
            let problem = try Self.instance(units: golden.units, arms: golden.arms, limits: golden.limits)
            let solution = try #require(try MemberAllocation(problem).solve().solution)
            #expect(abs(solution.objective - golden.primal) < 1e-7)
            #expect(abs(solution.bound - golden.dual) < 1e-7)
            #expect(solution.bound - solution.objective < 1e-6)
            for (price, expected) in zip(solution.prices, golden.prices) { #expect(abs(price - expected) < 1e-3) }
            #expect(solution.splitUnits == golden.fractional)
            for limit in problem.limits { #expect(limit.excess(of: solution.values[limit.outcome]) < 1e-9) }
        }
    }

    /// Effects of a tree with a few leaves: the optimum is that of the programme over the leaves, with thousands of units
    /// tied at the prices.
    @Test(arguments: [1, 2, 3])
    func treesAreExactInSpiteOfTies(seed: UInt64) throws {
        var stream = RandomStream(seed: seed, purpose: "ties")
        let leaves = 13
        let effects = (0..<9).map { column in
            (0..<leaves).map { _ in Float(stream.uniform() - (column < 3 ? 0.3 : 0.2)) }
        }
        let leafOf = (0..<60_000).map { _ in min(stream.index(below: leaves), stream.index(below: leaves)) }
        let limits = (1...2).map { AllocationLimit(outcome: $0, sense: .atMost, threshold: 0.05) }
        let solution = try #require(
            try MemberAllocation(
                MemberProblem(
                    effects: MemberEffects(armCount: 4, columns: effects.map { column in leafOf.map { column[$0] } }),
                    limits: limits)
            ).solve().solution)
        let cohorts = try AllocationProblem(
            armCount: 4, sizes: (0..<leaves).map { leaf in Double(leafOf.count { $0 == leaf }) },
            outcomes: (0..<3).map { outcome in
                OutcomeEffects(
                    name: "u\(outcome)",
                    means: (0..<leaves).flatMap { leaf in
                        [0] + (0..<3).map { Double(effects[outcome * 3 + $0][leaf]) }
                    })
            }, limits: limits)
        let expected = try #require(try LinearAllocation.solve(cohorts).solution)
        #expect(abs(solution.objective - expected.objective) < 1e-9)
        #expect(solution.bound - solution.objective < 1e-9)
        #expect(solution.splitUnits > 1_000 && solution.ties.count == expected.splitCohorts)
    }

    @Test func resultsDoNotDependOnThreads() throws {
        let problem = try Self.instance(units: 140_000, arms: 3, limits: 2)
        let one = try MemberAllocation(problem).solve(context: RunContext(workers: Workers(count: 1)))
        let two = try MemberAllocation(problem).solve(context: RunContext(workers: Workers(count: 2)))
        #expect(one == two)
    }

    @Test func withoutLimitsEveryUnitGetsItsBestArm() throws {
        let problem = try MemberProblem(
            effects: MemberEffects(armCount: 3, columns: [[1, -1, 2], [2, -2, 2]]), limits: [])
        let solution = try #require(try MemberAllocation(problem).solve().solution)
        #expect(solution.arms == [2, 0, 1])
        #expect(solution.objective == 4.0 / 3 && solution.bound == solution.objective && solution.ties.isEmpty)
    }

    /// Arm 1 does (1, 1) to everybody: outcome 1 at most .2, outcome 2 at least .5.
    @Test func saysWhatCannotBeKept() throws {
        let ones = [Float](repeating: 1, count: 10)
        let problem = try MemberProblem(
            effects: MemberEffects(armCount: 2, columns: [ones, ones, ones]),
            limits: [
                AllocationLimit(outcome: 1, sense: .atMost, threshold: 0.2),
                AllocationLimit(outcome: 2, sense: .atLeast, threshold: 0.5),
            ])
        guard case .infeasible(let conflicts) = try MemberAllocation(problem).solve() else {
            Issue.record("an allocation was found")
            return
        }
        #expect(conflicts.map(\.limit) == [0, 1])
        #expect(abs(conflicts[0].together + conflicts[1].together - 0.3) < 1e-6)
        for conflict in conflicts { #expect(abs(try #require(conflict.alone) - 0.3) < 1e-6) }
    }

    /// The kernels against plain arithmetic, on numbers of units that do not fill their lanes.
    @Test(arguments: [1, 7, 8, 9, 1_003])
    func kernelsAreTheirReference(units: Int) throws {
        var stream = RandomStream(seed: 3, purpose: "kernels")
        // Few values, so that utilities tie.
        let columns = (0..<6).map { _ in (0..<units).map { _ in Float(stream.index(below: 5)) - 2 } }
        let passes = MemberPasses(
            effects: MemberEffects(armCount: 4, columns: columns), workers: Workers(count: 1))
        let weights = [1.0, -0.5]
        let reach = [0.0, 0.2]
        func utility(_ unit: Int, _ arm: Int, _ weights: [Double]) -> Double {
            arm == 0 ? 0 : weights[0] * Double(columns[arm - 1][unit]) + weights[1] * Double(columns[2 + arm][unit])
        }
        func best(_ unit: Int, _ weights: [Double]) -> Int {
            (0..<4).reduce(0) { utility(unit, $1, weights) > utility(unit, $0, weights) ? $1 : $0 }
        }
        func sums(_ units: some Sequence<Int>) -> [Double] {
            units.reduce(into: [0, 0]) { sums, unit in
                let arm = best(unit, weights)
                guard arm > 0 else { return }
                sums[0] += Double(columns[arm - 1][unit])
                sums[1] += Double(columns[2 + arm][unit])
            }
        }
        #expect(try passes.sums(weights) == sums(0..<units))
        let (arms, margins) = try passes.choices(weights)
        let screening = try passes.screen(weights, reach: reach)
        #expect(arms.map { Int($0) } == (0..<units).map { best($0, weights) })
        #expect(screening.choices == arms)
        for unit in 0..<units {
            let all = (0..<4).map { utility(unit, $0, weights) }.sorted(by: >)
            #expect(margins[unit] == all[0] - all[1])
            guard !screening.open.contains(UInt32(unit)) else { continue }
            for move in [-0.2, -0.1, 0.1, 0.2] {
                #expect(best(unit, [1, -0.5 + move]) == Int(arms[unit]))
            }
        }
        let closed = (0..<units).filter { !screening.open.contains(UInt32($0)) }
        #expect(screening.closedSums == sums(closed))
    }
}
