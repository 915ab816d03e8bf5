import Experiments
import Foundation
import Policies
import Runtime
import Statistics
import Testing

@Suite struct ShrinkageInverseTests {
    private func evaluator(_ synthetic: SyntheticTable, _ space: PolicySpace? = nil) throws -> PolicyEvaluator {
        try PolicyEvaluator(space: space ?? synthetic.space, table: synthetic.table, workers: Workers(count: 1))
    }

    /// A space whose average effects are random, and far from proportional to one another.
    private func space(_ synthetic: SyntheticTable, seed: UInt64) -> PolicySpace {
        var stream = RandomStream(seed: seed, purpose: "averages")
        return PolicySpace(
            arms: synthetic.space.arms, outcomes: synthetic.space.outcomes,
            averageEffects: synthetic.space.arms.indices.map { arm in
                synthetic.space.outcomes.map { $0.scale * (arm == 0 ? 0 : 0.1 * stream.normal()) }
            }, controlMeans: synthetic.space.controlMeans)
    }

    private func assignmentsDiffer(_ a: LinearPolicy, _ b: LinearPolicy, _ evaluator: PolicyEvaluator) -> Int {
        zip(evaluator.choice(of: a), evaluator.choice(of: b)).count { $0 != $1 }
    }

    /// Any shrinkage without biases is found again as a policy: the same (w', b'), the same arm for every unit; alpha itself may
    /// differ where it is not unique, and then costs no more.
    @Test(arguments: [(2, 1), (2, 3), (3, 2), (3, 3), (4, 3), (5, 2)]) func findsShrinkageAgain(
        arms: Int, outcomes: Int
    ) throws {
        let synthetic = SyntheticTable(units: 2_000, arms: arms, outcomes: outcomes, seed: 3)
        var stream = RandomStream(seed: UInt64(10 * arms + outcomes))
        for trial in 0..<60 {
            let space = space(synthetic, seed: UInt64(trial))
            let evaluator = try evaluator(synthetic, space)
            var knobs = PolicyKnobs.start(in: space)
            for j in 0..<outcomes {
                if j > 0 { knobs.weights[j] = stream.bernoulli(0.15) ? 0 : 2 * stream.normal() }
                // alpha at both ends of its range, now and then.
                knobs.shrinkage[j] =
                    stream.bernoulli(0.2) ? 0 : stream.bernoulli(0.1) && j > 0 ? 1 : 0.95 * stream.uniform()
            }
            let policy = LinearPolicy(knobs, in: space)
            let inverse = try ShrinkageInverse(of: policy, evaluator: evaluator)
            guard case .exact(let isUnique) = inverse.answer else {
                Issue.record("a shrinkage was not recognised")
                continue
            }
            #expect(inverse.knobs.biases.allSatisfy { $0 == 0 })
            #expect(inverse.knobs.shrinkage.allSatisfy { (0...1).contains($0) })
            let again = LinearPolicy(inverse.knobs, in: space)
            let size = policy.biases.reduce(1e-12) { max($0, abs($1)) }
            for (a, b) in zip(again.weights, policy.weights) { #expect(abs(a - b) < 1e-9 * max(1, abs(b))) }
            for (a, b) in zip(again.biases, policy.biases) { #expect(abs(a - b) < 1e-8 * size) }
            // The same up to rounding of units on a boundary.
            #expect(assignmentsDiffer(again, policy, evaluator) <= 1)
            func cost(_ knobs: PolicyKnobs) -> Double {
                zip(knobs.shrinkage, knobs.weights).reduce(0) { $0 + ($1.1 == 0 ? 0 : $1.0 * $1.0) }
            }
            #expect(cost(inverse.knobs) <= cost(knobs) + 1e-6)
            if isUnique {
                for j in 0..<outcomes where knobs.weights[j] != 0 {
                    #expect(abs(inverse.knobs.shrinkage[j] - knobs.shrinkage[j]) < 1e-6)
                }
            }
        }
    }

    /// The smallest sum of squares against a fine grid over the one free direction: n = 3 arms, m = 3 outcomes.
    @Test func smallestOfMany() throws {
        let synthetic = SyntheticTable(units: 500, arms: 3, outcomes: 3, seed: 3)
        var seen = 0
        for seed in 0..<40 as Range<UInt64> {
            let space = space(synthetic, seed: seed)
            var knobs = PolicyKnobs.start(in: space)
            knobs.weights = [1, 0.8, -0.6]
            knobs.shrinkage = [0.3, 0.5, 0.4]
            let policy = LinearPolicy(knobs, in: space)
            let inverse = try ShrinkageInverse(of: policy, evaluator: evaluator(synthetic, space))
            guard case .exact(isUnique: false) = inverse.answer else { continue }
            seen += 1
            // z_2 fixes the others: two equations in z_0 and z_1.
            func entry(_ arm: Int, _ j: Int) -> Double {
                (policy.weights[j] > 0 ? 1 : -1) * space.outcomes[j].sign * space.averageEffects[arm][j]
            }
            var best = Double.infinity
            for step in 0...20_000 {
                let z2 = 20 * Double(step) / 20_000
                let right = (1...2).map { policy.biases[$0] - z2 * entry($0, 2) }
                let determinant = entry(1, 0) * entry(2, 1) - entry(1, 1) * entry(2, 0)
                let z0 = (right[0] * entry(2, 1) - entry(1, 1) * right[1]) / determinant
                let z1 = (entry(1, 0) * right[1] - right[0] * entry(2, 0)) / determinant
                guard z0 >= 0, z1 >= 0 else { continue }
                let alphas = zip([z0, z1, z2], policy.weights).map { $0 / ($0 + abs($1)) }
                best = min(best, alphas.reduce(0) { $0 + $1 * $1 })
            }
            let own = inverse.knobs.shrinkage.reduce(0) { $0 + $1 * $1 }
            #expect(own <= best + 1e-4, "\(own) against \(best) by grid")
        }
        #expect(seen >= 20)
    }

    /// Outside the cone: said, and no coarse grid of shrinkages changes fewer units than the nearest found.
    @Test func nearestBeatsAGrid() throws {
        let synthetic = SyntheticTable(units: 2_000, arms: 3, outcomes: 2, seed: 6)
        for seed in 0..<6 as Range<UInt64> {
            let space = space(synthetic, seed: seed)
            let evaluator = try evaluator(synthetic, space)
            var knobs = PolicyKnobs.start(in: space)
            knobs.weights[1] = 0.7
            // Against every average effect.
            let ates = space.averageEffects
            for arm in 1..<3 {
                knobs.biases[arm] = -0.8 * (ates[arm][0] + 0.7 * ates[arm][1]) + (arm == 1 ? 0.05 : -0.04)
            }
            let policy = LinearPolicy(knobs, in: space)
            let inverse = try ShrinkageInverse(of: policy, evaluator: evaluator)
            guard case .nearest(let changed) = inverse.answer else { continue }
            #expect(changed > 0)
            let differing = assignmentsDiffer(LinearPolicy(inverse.knobs, in: space), policy, evaluator)
            #expect(abs(Double(differing) / Double(evaluator.units.count) - changed) < 1e-12)
            for a in 0..<20 {
                for b in 0..<20 {
                    var trial = knobs
                    trial.biases = [0, 0, 0]
                    let alphas = [Double(a) / 20, Double(b) / 20]
                    trial.shrinkage = alphas
                    // w' as the policy's: w_j = w'_j / (1 - alpha_j), then w_0 = 1.
                    let raw = zip(policy.weights, alphas).map { $0 / (1 - $1) }
                    trial.weights = raw.map { $0 / raw[0] }
                    #expect(assignmentsDiffer(LinearPolicy(trial, in: space), policy, evaluator) >= differing - 1)
                }
            }
        }
    }

    /// With two arms the cone is a half-line, a line or 0, by the signs of the weighted average effects.
    @Test func conesOfTwoArms() throws {
        let outcomes = SyntheticTable(units: 10, arms: 2, outcomes: 2).space.outcomes
        func cone(_ ates: [Double], _ weights: [Double]) -> ShrinkageCone.Halfline? {
            let space = PolicySpace(
                arms: ["a", "b"], outcomes: outcomes, averageEffects: [[0, 0], ates], controlMeans: [1, 1])
            return ShrinkageCone(weights: weights, in: space).halfline
        }
        #expect(cone([1, 2], [1, 1]) == .nonnegative)
        #expect(cone([-1, -2], [1, 1]) == .nonpositive)
        #expect(cone([1, -2], [1, 1]) == .everything)
        #expect(cone([1, 2], [1, -1]) == .everything)
        #expect(cone([1, 2], [1, 0]) == .everything)
        #expect(cone([0, 0], [1, 1]) == .nothing)
        let many = SyntheticTable(units: 10, arms: 3)
        #expect(ShrinkageCone(weights: [1, 1, 1], in: many.space).halfline == nil)
    }
}
