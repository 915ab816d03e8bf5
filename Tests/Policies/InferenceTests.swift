import Experiments
import Foundation
import Policies
import Runtime
import Statistics
import Testing

@Suite struct SimultaneousIntervalsTests {
    private func estimates(_ correlation: DenseMatrix, errors: [Double]? = nil) -> JointEstimates {
        let n = correlation.rowCount
        let errors = errors ?? Array(repeating: 1, count: n)
        return JointEstimates(
            values: Array(repeating: 0, count: n),
            covariance: DenseMatrix(rowCount: n, columnCount: n) { correlation[$0, $1] * errors[$0] * errors[$1] })
    }

    /// Independent estimates: Sidak's 1 - (1 - a)^(1/q), whatever their errors. 10,000 draws leave an error of the level of
    /// .0022, in standard errors at most .03 here; four of those are allowed.
    @Test(arguments: [2, 5, 15, 40]) func independentIsSidak(count: Int) {
        let identity = DenseMatrix(rowCount: count, columnCount: count) { $0 == $1 ? 1 : 0 }
        let sidak = Normal.quantile(0.5 + 0.5 * pow(0.95, 1 / Double(count)))
        for seed in [1, 2, 3] as [UInt64] {
            let found = SimultaneousIntervals(
                estimates(identity, errors: (0..<count).map { 0.01 * Double($0 + 1) }), seed: seed
            ).critical
            #expect(abs(found - sidak) < 0.1)
            #expect(abs(found - sidak) > 0, "a quantile of draws is never exactly the closed form")
        }
    }

    @Test func perfectlyCorrelatedIsPointwise() {
        let ones = DenseMatrix(rowCount: 6, columnCount: 6) { ($0 + $1) % 2 == 0 ? 1 : -1 }
        #expect(SimultaneousIntervals(estimates(ones)).critical == Normal.quantile(0.975))
        #expect(abs(SimultaneousIntervals(estimates(ones)).critical - 1.959964) < 1e-6)
    }

    /// Two at correlation 1/2: P(max |z| <= c) = .95 at c = 2.212 (Dunnett's two-sided table, 2 comparisons, infinite df).
    @Test func dunnettsTwo() {
        let half = DenseMatrix(rowCount: 2, columnCount: 2) { $0 == $1 ? 1 : 0.5 }
        #expect(abs(SimultaneousIntervals(estimates(half), draws: 100_000).critical - 2.212) < 0.02)
    }

    @Test func estimatesWithoutErrorDoNotCount() {
        let identity = DenseMatrix(rowCount: 3, columnCount: 3) { $0 == $1 ? 1 : 0 }
        #expect(
            SimultaneousIntervals(estimates(identity, errors: [1, 0, 0])).critical == Normal.quantile(0.975))
        #expect(SimultaneousIntervals(estimates(identity, errors: [0, 0, 0])).critical == Normal.quantile(0.975))
    }

    /// 16 s^2 / d^2 is the rule of thumb; the exact figure is 15.7.
    @Test func sampleSizeForEightyPercentPower() throws {
        let size = try #require(OnlineSampleSize.perArm(spread: 2, difference: -0.1))
        #expect(abs(size - 2 * 4 / 0.01 * 7.848879734) < 2)
        #expect(OnlineSampleSize.perArm(spread: 2, difference: 0) == nil)
    }
}

@Suite struct JointDifferencesTests {
    /// Against sums unit by unit in plain Double, and against the evaluator's own errors.
    @Test(arguments: [Estimator.dr, .switching(limit: 3.2)]) func equalsUnitByUnit(estimator: Estimator) throws {
        let synthetic = SyntheticTable(units: 3_000, arms: 3, outcomes: 3, seed: 5, constantShares: false)
        let space = synthetic.space
        var stream = RandomStream(seed: 8)
        let knobs = (0..<3).map { _ in synthetic.knobs(&stream) }
        for split in [EvaluationSplit.tune, .confirm] {
            let evaluator = try PolicyEvaluator(
                space: space, table: synthetic.table, split: split, estimator: estimator, workers: Workers(count: 2))
            let policies = knobs.map { LinearPolicy($0, in: space) } + [.everyone(arm: 0, in: space)]
            let joint = try #require(evaluator.jointDifferences(of: policies))
            for (p, policy) in policies.enumerated() {
                let evaluation = evaluator.evaluate(policy, weights: [1, 0, 0])
                for j in 0..<3 {
                    let own = joint.absolute.estimate(joint.index(policy: p, outcome: j))
                    let theirs = try #require(evaluation.outcomes[j].difference)
                    #expect(abs(own.value - theirs.value) < 1e-6)
                    #expect(abs((own.standardError ?? -1) - (theirs.standardError ?? 0)) < 1e-6)
                    let relative = try #require(joint.relative).estimate(joint.index(policy: p, outcome: j))
                    let theirRelative = try #require(evaluation.outcomes[j].relative)
                    #expect(abs(relative.value - theirRelative.value) < 1e-6)
                    #expect(abs((relative.standardError ?? -1) - (theirRelative.standardError ?? 0)) < 1e-6)
                }
            }
            // The paired difference of two policies, by their terms.
            let table = evaluator.table
            let choices = policies.map { evaluator.choice(of: $0) }
            for j in 0..<3 {
                let (_, contrasts, residuals) = table.scoreParts(outcome: j)
                func term(_ arm: Int, _ unit: Int) -> Double {
                    guard arm > 0 else { return 0 }
                    let observed = Int(table.assignment[unit])
                    let sign = (observed == arm ? 1.0 : 0) - (observed == 0 ? 1.0 : 0)
                    return contrasts[arm - 1][unit] + sign * residuals[unit]
                }
                var moments = Moments()
                for (place, unit) in evaluator.units.enumerated() {
                    moments.add(
                        space.outcomes[j].scale
                            * (term(Int(choices[0][place]), unit) - term(Int(choices[2][place]), unit)))
                }
                let paired = joint.absolute.difference(
                    joint.index(policy: 0, outcome: j), less: joint.index(policy: 2, outcome: j))
                #expect(abs(paired.value - moments.mean) < 1e-9)
                #expect(abs((paired.standardError ?? -1) - moments.standardError) < 1e-9)
            }
        }
    }

    @Test func threadsDoNotMatter() throws {
        let synthetic = SyntheticTable(units: 150_000, arms: 2, outcomes: 2, seed: 9)
        func joint(_ threads: Int) throws -> JointDifferences? {
            try PolicyEvaluator(space: synthetic.space, table: synthetic.table, workers: Workers(count: threads))
                .jointDifferences(of: [.everyone(arm: 1, in: synthetic.space)])
        }
        #expect(try joint(1) == joint(2))
    }

    @Test func equalPoliciesAreAlikeAndControlHasNoError() throws {
        let synthetic = SyntheticTable(units: 2_000, seed: 3)
        let evaluator = try PolicyEvaluator(space: synthetic.space, table: synthetic.table)
        let one = LinearPolicy.everyone(arm: 1, in: synthetic.space)
        let control = LinearPolicy.everyone(arm: 0, in: synthetic.space)
        let family = try #require(PolicyFamily([one, one, control], evaluator: evaluator))
        #expect(family.areAlike(0, 1))
        let own = family.difference(policy: 2, outcome: 0)
        #expect(own.value == 0 && own.standardError == 0 && own.simultaneousLow == 0 && own.simultaneousHigh == 0)
        #expect(family.intervals.critical > 1.96 && family.intervals.critical < 2.6)
    }

    @Test func otherEstimatorsHaveNoPairedTerms() throws {
        let synthetic = SyntheticTable(units: 500)
        for estimator in [Estimator.snips, .ips, .dm] {
            let evaluator = try PolicyEvaluator(
                space: synthetic.space, table: synthetic.table, estimator: estimator)
            #expect(PolicyFamily([.everyone(arm: 1, in: synthetic.space)], evaluator: evaluator) == nil)
        }
    }
}
