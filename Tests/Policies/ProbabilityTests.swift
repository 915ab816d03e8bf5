import Effects
import Experiments
import Policies
import Runtime
import Statistics
import Testing

/// Evaluation of pi(i given x): policies that give a unit several arms, each with a probability.
@Suite struct ProbabilityTests {
    private static let costs: [[Float]] = [[0, 0.1, 0], [0.25, 0, -0.1], [0.5, 0.2, 0.3]]

    private static func made(_ units: Int, constantShares: Bool) -> SyntheticTable {
        SyntheticTable(units: units, seed: 31, constantShares: constantShares, armCosts: costs)
    }

    /// Forty cohorts, each with its own shares; some give an arm to nobody.
    private static func shares(_ units: Int, seed: UInt64) throws -> ArmProbabilities {
        var stream = RandomStream(seed: seed)
        let distributions = (0..<40).map { cohort -> [Double] in
            cohort % 4 == 0 ? [0.25, 0, 0.75] : stream.simplex(3)
        }
        return try ArmProbabilities(
            distributions: distributions, indices: (0..<units).map { _ in UInt32(stream.index(below: 40)) })
    }

    @Test(arguments: EstimatorTests.estimators, [true, false])
    func aCertainArmIsEvaluatedAsTheLinearPolicyThatGivesIt(estimator: Estimator, constantShares: Bool) throws {
        let synthetic = Self.made(3_000, constantShares: constantShares)
        let evaluator = try PolicyEvaluator(space: synthetic.space, table: synthetic.table, estimator: estimator)
        var stream = RandomStream(seed: 5)
        for _ in 0..<5 {
            let knobs = synthetic.knobs(&stream)
            let policy = Policy.linear(LinearPolicy(knobs, in: synthetic.space))
            let given = try policy.probabilities(in: synthetic.table, synthetic.space, units: evaluator.units)
            let linear = try evaluator.evaluate(policy, weights: knobs.weights)
            let general = evaluator.evaluate(given, weights: knobs.weights)
            #expect(general.outcomes == linear.outcomes)
            #expect(general.shares == linear.shares && general.bestArm == linear.bestArm)
            #expect(general.effectiveSampleSize == linear.effectiveSampleSize)
        }
    }

    @Test(arguments: EstimatorTests.estimators + [.switching(limit: 1.2)], [true, false])
    func sharesAreEvaluatedByTheDefinitions(estimator: Estimator, constantShares: Bool) throws {
        let units = 3_000
        let synthetic = Self.made(units, constantShares: constantShares)
        let evaluator = try PolicyEvaluator(
            space: synthetic.space, table: synthetic.table, split: .all, estimator: estimator)
        let given = try Self.shares(units, seed: 3)
        let weights = [1, -0.5, 2.0]
        let evaluation = evaluator.evaluate(given, weights: weights)
        for j in 0..<3 {
            UnitByUnit(synthetic, estimator, outcome: j).check(
                evaluation.outcomes[j], given, bestArm: synthetic.space.bestArm(weights: weights))
        }
        for arm in 0..<3 {
            let share = (0..<units).reduce(0) { $0 + given.probability(of: arm, unit: $1) } / Double(units)
            #expect(abs((evaluation.shares[synthetic.space.arms[arm]] ?? .nan) - share) < 1e-6)
        }
        let v = (0..<units).map { unit in
            given.probability(of: Int(synthetic.table.assignment[unit]), unit: unit)
                * Double(1 / synthetic.propensities[unit])
        }
        let total = v.reduce(0, +)
        let effective = total * total / v.reduce(0) { $0 + $1 * $1 }
        #expect(abs(evaluation.effectiveSampleSize - effective) < 1e-5 * effective)
    }

    @Test(arguments: [Estimator.dr, .ips, .dm])
    func theValueOfAMixtureIsTheMixtureOfValues(estimator: Estimator) throws {
        let synthetic = Self.made(5_000, constantShares: false)
        let evaluator = try PolicyEvaluator(space: synthetic.space, table: synthetic.table, estimator: estimator)
        var stream = RandomStream(seed: 9)
        let knobs = (synthetic.knobs(&stream), synthetic.knobs(&stream))
        let first = evaluator.choice(of: LinearPolicy(knobs.0, in: synthetic.space))
        let second = evaluator.choice(of: LinearPolicy(knobs.1, in: synthetic.space))
        #expect(first != second)
        // One distribution for each pair of arms: a quarter gets the first policy's, the rest the second's.
        let pairs = (0..<9).map { pair in
            (0..<3).map { ($0 == pair / 3 ? 0.25 : 0) + ($0 == pair % 3 ? 0.75 : 0) }
        }
        let mixture = try ArmProbabilities(
            distributions: pairs, indices: zip(first, second).map { UInt32($0) * 3 + UInt32($1) })
        let mixed = evaluator.evaluate(mixture, weights: [1, 0, 0])
        let own = [knobs.0, knobs.1].map { evaluator.evaluate($0) }
        for j in 0..<3 {
            let value = try #require(mixed.outcomes[j].value)
            let expected = 0.25 * (own[0].outcomes[j].value ?? .nan) + 0.75 * (own[1].outcomes[j].value ?? .nan)
            #expect(abs(value - expected) < 1e-7 * abs(expected), "\(estimator)")
        }
    }

    @Test(arguments: [Estimator.dr, .switching(limit: 2)])
    func theJointDifferencesOfSharesAreThoseOfTheirEvaluations(estimator: Estimator) throws {
        let units = 3_000
        let synthetic = Self.made(units, constantShares: false)
        let evaluator = try PolicyEvaluator(
            space: synthetic.space, table: synthetic.table, split: .all, estimator: estimator)
        let policies = try [Self.shares(units, seed: 3), Self.shares(units, seed: 4)]
        let joint = try #require(evaluator.jointDifferences(of: policies))
        let relative = try #require(joint.relative)
        for (p, policy) in policies.enumerated() {
            let evaluation = evaluator.evaluate(policy, weights: [1, 0, 0])
            for j in 0..<3 {
                let index = joint.index(policy: p, outcome: j)
                for (own, expected) in [
                    (joint.absolute.estimate(index), evaluation.outcomes[j].difference),
                    (relative.estimate(index), evaluation.outcomes[j].relative),
                ] {
                    let expected = try #require(expected)
                    let error = try #require(expected.standardError)
                    #expect(abs(own.value - expected.value) < 1e-5 * error)
                    #expect(abs((own.standardError ?? .nan) - error) < 1e-5 * error)
                }
            }
        }
    }

    /// Four units with equal shares, T = 0, 0, 1, 1, of which everybody gets arm 1 with probability 1/4: v = 1.5, 1.5, .5, .5.
    @Test(
        arguments: [
            // sum v Y = 1.5 (1 + 4) + .5 (4 + 8) = 13.5; sum v = 4.
            (Estimator.ips, 3.375, nil), (.snips, 3.375, nil),
            // sum of 3/4 mu_0 + 1/4 mu_1 = 2.25 + 2.25 + 3.5 + 3.5 = 11.5.
            (.dm, 2.875, nil),
            // and v (Y - mu_T) = -1.5, 3, -.5, 1.5; differences from Gamma_0 of .75, -.75, 0, 2.
            (.dr, 3.5, 0.34375),
            // The corrections of weight 1.5 are left out.
            (.switching(limit: 1), 3.125, nil),
            // Those of shares stay; control, given for certain, has none left, and so the difference has no error.
            (.switching(limit: 1.5), 3.5, nil),
        ] as [(Estimator, Double, Double?)])
    func fourUnitsByHand(estimator: Estimator, value: Double, differenceVariance: Double?) throws {
        let effects = EffectEstimates(armCount: 2, outcomeCount: 1, columns: [[1, 1, 2, 2]])
        let table = PolicyTable(
            effects: effects,
            scores: ScoreTable(control: [[2, 2, 3, 3]], contrasts: effects, residuals: [[-2, 4, -2, 6]]),
            observed: [[1, 4, 4, 8]], armCosts: [[0], [0]], assignment: [0, 0, 1, 1],
            observedPropensity: [0.5, 0.5, 0.5, 0.5], tuneCount: 4)
        let space = PolicySpace(
            arms: ["c", "t"],
            outcomes: [PolicySpace.Outcome(name: "y", direction: .maximize, threshold: nil, centre: 0, scale: 1)],
            averageEffects: [[0], [1]], controlMeans: [2.5])
        let evaluator = try PolicyEvaluator(space: space, table: table, estimator: estimator)
        let given = try ArmProbabilities(distributions: [[0.75, 0.25]], indices: [0, 0, 0, 0])
        let evaluation = evaluator.evaluate(given, weights: [1])
        #expect(evaluation.outcomes[0].value == value)
        #expect(evaluation.effectiveSampleSize == 3.2)
        #expect(evaluation.shares == ["c": 0.75, "t": 0.25])
        if let differenceVariance {
            let error = try #require(evaluation.outcomes[0].difference?.standardError)
            #expect(abs(error * error - differenceVariance) < 1e-12)
        }
        if case .switching = estimator { #expect(evaluation.outcomes[0].difference?.standardError == nil) }
    }
}
