import Policies
import Runtime
import Statistics
import Testing

/// The C kernels against the plain definitions of METHODS section 2, unit by unit in Double.
@Suite struct PolicySumsTests {
    @Test(arguments: [1, 255, 256, 257, 70_000], [true, false])
    func kernelEqualsDefinition(units: Int, constantShares: Bool) {
        let synthetic = SyntheticTable(
            units: units, arms: 4, outcomes: 2, seed: UInt64(units), constantShares: constantShares)
        let table = synthetic.table
        let policy = LinearPolicy(weights: [1, -0.7], biases: [0, 0.05, -0.02, 0.01])
        let range = 0..<units
        let choice = table.choice(of: policy, in: synthetic.space, units: range, workers: Workers(count: 2))
        let sums = table.sums(of: policy, in: synthetic.space, baseline: 2, units: range, workers: Workers(count: 1))

        var v = 0.0
        var vv = 0.0
        var vy = 0.0
        var shares = [Double](repeating: 0, count: 4)
        for unit in range {
            var best = 0.0
            var expected = 0
            for arm in 1..<4 {
                var utility = policy.biases[arm]
                for j in 0..<2 {
                    let tau = table.effects(arm: arm, outcome: j)
                    utility += policy.slopes(in: synthetic.space)[j] * Double(tau[tau.startIndex + unit])
                }
                if utility > best { (best, expected) = (utility, arm) }
            }
            #expect(Int(choice[unit]) == expected)
            shares[expected] += 1 / Double(units)
            if expected == Int(table.assignment[unit]) {
                let weight = Double(1 / synthetic.propensities[unit])
                v += weight
                vv += weight * weight
                vy += weight * Double(synthetic.observed[1][unit])
            }
        }
        for arm in 0..<4 { #expect(abs(sums.shares[arm] - shares[arm]) < 1e-12) }
        // Float32 lanes within blocks of 256 units.
        #expect(abs(sums.v - v) <= 1e-6 * max(1, v))
        #expect(abs(sums.vv - vv) <= 1e-6 * max(1, vv))
        #expect(abs(sums.outcome(1).vy - vy) <= 1e-6 * max(1, vv))
    }

    @Test func threadsDoNotMoveASingleBit() {
        let synthetic = SyntheticTable(units: 200_000)
        var stream = RandomStream(seed: 3)
        let policy = LinearPolicy(synthetic.knobs(&stream), in: synthetic.space)
        let one = synthetic.table.sums(
            of: policy, in: synthetic.space, baseline: 1, units: 0..<200_000, workers: Workers(count: 1))
        let two = synthetic.table.sums(
            of: policy, in: synthetic.space, baseline: 1, units: 0..<200_000, workers: Workers(count: 2))
        #expect(one == two)
    }

    /// Tiles have 1,024 units, pieces 32,768.
    @Test(arguments: [1, 63, 1_023, 1_025, 42_000]) func manyPoliciesSumAsEachAlone(units: Int) {
        let synthetic = SyntheticTable(units: units)
        var stream = RandomStream(seed: UInt64(units))
        let policies = (0..<5).map { _ in LinearPolicy(synthetic.knobs(&stream), in: synthetic.space) }
        func sums(_ policies: [LinearPolicy]) -> [PolicySums] {
            synthetic.table.sums(
                of: policies, in: synthetic.space, baseline: 1, units: units / 5..<units, workers: Workers(count: 2))
        }
        #expect(sums(policies) == policies.flatMap { sums([$0]) } && sums([]).isEmpty)
    }

    @Test func oneHotProbabilitiesSumToTheLastBitAsThePolicyThatMadeThem() {
        let synthetic = SyntheticTable(units: 5_000)
        var stream = RandomStream(seed: 5)
        for _ in 0..<20 {
            let policy = LinearPolicy(synthetic.knobs(&stream), in: synthetic.space)
            let workers = Workers(count: 1)
            let units = 100..<4_900
            let choice = synthetic.table.choice(of: policy, in: synthetic.space, units: units, workers: workers)
            let probabilities = ArmProbabilities(assignment: choice, armCount: synthetic.table.armCount)
            #expect(
                synthetic.table.sums(of: probabilities, baseline: 1, units: units, workers: workers)
                    == synthetic.table.sums(
                        of: policy, in: synthetic.space, baseline: 1, units: units, workers: workers))
        }
    }
}
