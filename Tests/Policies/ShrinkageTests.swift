import Effects
import Experiments
import Policies
import Runtime
import Statistics
import Testing

@Suite struct ShrinkageTests {
    /// S1 eq. 2 against the canonical policy of eq. 1: the same arm for every unit.
    @Test func shrunkUtilityAndCanonicalPolicyAssignAlike() {
        let synthetic = SyntheticTable(units: 4_000, arms: 4, seed: 31)
        let space = synthetic.space
        var stream = RandomStream(seed: 12)
        for _ in 0..<20 {
            let knobs = synthetic.knobs(&stream)
            let choice = synthetic.table.choice(
                of: LinearPolicy(knobs, in: space), in: space, units: 0..<4_000, workers: Workers(count: 1))
            var differing = 0
            for unit in 0..<4_000 {
                var best = 0.0
                var pick = 0
                for arm in 1..<4 {
                    var utility = knobs.biases[arm]
                    for (j, outcome) in space.outcomes.enumerated() {
                        let column = synthetic.table.effects(arm: arm, outcome: j)
                        let tau = outcome.sign * outcome.scale * Double(column[column.startIndex + unit])
                        let average = outcome.sign * space.averageEffects[arm][j]
                        let alpha = knobs.shrinkage[j]
                        utility += knobs.weights[j] * (alpha * average + (1 - alpha) * tau)
                    }
                    if utility > best { (best, pick) = (utility, arm) }
                }
                differing += pick == Int(choice[unit]) ? 0 : 1
            }
            #expect(differing == 0)
        }
    }

    @Test func fullShrinkageIsTheBestArmForTheseWeights() {
        let synthetic = SyntheticTable(units: 500, arms: 3)
        var knobs = PolicyKnobs.start(in: synthetic.space)
        knobs.shrinkage = [1, 1, 1]
        let policy = LinearPolicy(knobs, in: synthetic.space)
        let choice = synthetic.table.choice(
            of: policy, in: synthetic.space, units: 0..<500, workers: Workers(count: 1))
        let best = (0..<3).max { synthetic.space.averageEffects[$0][0] < synthetic.space.averageEffects[$1][0] }!
        #expect(choice.allSatisfy { Int($0) == best })
    }

    @Test func canonicalFormIgnoresTheScaleOfTheKnobs() {
        let space = SyntheticTable(units: 10).space
        let knobs = PolicyKnobs(weights: [1, 0.4, 2], biases: [0, 0.3, -0.1], shrinkage: [0.5, 0, 0])
        let policy = LinearPolicy(knobs, in: space)
        #expect(policy.weights[0] == 1)
        #expect(policy.weights[1] == 0.8)
        #expect(abs(policy.biases[1] - 2 * (0.3 + 0.5 * space.averageEffects[1][0])) < 1e-15)
    }
}
