import Online
import Policies
import Runtime
import Statistics
import Testing

/// Expected outcomes by arm, and the scores that they make of rounds.
@Suite struct ArmRegressionTests {
    private let context = RunContext()

    /// Units of two periods: y = 2 + x + effect[arm] (1 + x) + .5 in the second period + noise.
    private struct Sample {
        var x: [Float] = []
        var arms: [UInt8] = []
        var periods: [UInt8] = []
        var outcome: [Double] = []

        static let effects = [0.0, 0.4, -0.3]

        init(_ count: Int, seed: UInt64, chance: (Double) -> [Double] = { _ in [1, 1, 1] }) {
            var stream = RandomStream(seed: seed)
            for unit in 0..<count {
                let own = stream.normal()
                let shares = chance(own)
                var left = stream.uniform() * shares.reduce(0, +)
                let arm =
                    shares.firstIndex { share in
                        left -= share
                        return left < 0
                    } ?? 0
                x.append(Float(own))
                arms.append(UInt8(arm))
                periods.append(unit < count / 2 ? 0 : 1)
                let level = unit < count / 2 ? 0 : 0.5
                outcome.append(2 + own + Self.effects[arm] * (1 + own) + level + 0.5 * stream.normal())
            }
        }

        func regression(_ context: RunContext) throws -> ArmRegression {
            try ArmRegression(
                UnitFeatures([UnitFeatures.Covariate(values: x, isCategorical: false)], unitCount: x.count),
                arms: arms, armCount: 3, periods: periods, periodCount: 2,
                folds: x.indices.map { UInt8($0 % 2) }, outcomes: [outcome], context: context)
        }
    }

    @Test func meansAndPeriodsAreFound() throws {
        let sample = Sample(12_000, seed: 1)
        let regression = try sample.regression(context)
        for unit in stride(from: 0, to: 12_000, by: 97) {
            let x = Double(sample.x[unit])
            guard abs(x) < 2 else { continue }
            for arm in 0..<3 {
                let truth = 2 + x + Sample.effects[arm] * (1 + x) + (sample.periods[unit] == 1 ? 0.5 : 0)
                #expect(abs(Double(regression.means[arm][unit]) - truth) < 0.12)
            }
        }
        #expect(abs(regression.periodLevels[0][1] - regression.periodLevels[0][0] - 0.5) < 0.05)
        #expect(abs(regression.periodLevels[0][0] + regression.periodLevels[0][1]) < 1e-9)
    }

    /// Arms that depend on the covariate, with known propensities: the value of a policy that gives arm 1 to x > 0 is found without
    /// bias, in 3 standard errors, and its interval is as wide as it should be: 90% and more of 200 cover at 95%.
    @Test func aPolicyIsEvaluatedFromOtherPoliciesRows() throws {
        var covered = 0
        for seed in 1...200 as ClosedRange<UInt64> {
            func chance(_ x: Double) -> [Double] { x > 0.5 ? [0.2, 0.3, 0.5] : [0.5, 0.4, 0.1] }
            let sample = Sample(1_000, seed: seed, chance: chance)
            let propensities = (0..<3).map { arm in sample.x.map { Float(chance(Double($0))[arm]) } }
            let scores = ArmScores(
                arms: sample.arms, outcomes: [sample.outcome], propensities: propensities,
                means: try sample.regression(context).means)
            let policy = sample.x.map { UInt8($0 > 0 ? 1 : 0) }
            let found = scores.differences(policy, from: Array(repeating: 0, count: policy.count))[0]
            // E .4 (1 + x) over x > 0, half of the units.
            let truth = 0.4 * (0.5 + 0.398942)
            if let interval = found.interval, interval.low <= truth, truth <= interval.high { covered += 1 }
            #expect(abs(found.value - truth) < 4.5 * (found.standardError ?? 0))
        }
        #expect(covered >= 180)
    }

    /// What a policy gives units that no plan gave: the share is told.
    @Test func unseenArmsRestOnTheModel() throws {
        let scores = ArmScores(
            arms: [0, 0, 1, 1], outcomes: [[1, 2, 3, 4]],
            propensities: [[1, 1, 0.5, 0.5], [0, 0, 0.5, 0.5]],
            means: [[1, 1, 1, 1], [2, 2, 2, 2]])
        #expect(scores.modelShare([1, 0, 1, 0]) == 0.25)
        // 2 by the model; 2 as seen; 2 + (3 - 2) / .5; 1 by the model.
        #expect(abs(scores.values([1, 0, 1, 0])[0] - (2 + 2 + 4 + 1) / 4) < 1e-6)
    }
}
