import Experiments
import Policies
import Statistics
import Testing

/// What is read off an evaluation besides its estimates.
@Suite struct PolicyEvaluationTests {
    private static func evaluation(_ policy: (LinearPolicy, PolicySpace, PolicyTable)) throws -> PolicyEvaluation {
        try PolicyEvaluator(space: policy.1, table: policy.2).evaluate(policy.0, weights: [1, 0, 0])
    }

    @Test func theChangeAgainstTheBestArmIsInUnitsOfControl() throws {
        let outcome = OutcomeEvaluation(
            name: "y", control: -4, value: nil, standardError: nil, difference: nil, relative: nil,
            againstBestArm: Estimate(value: 1, standardError: 0.5, low: 0.25, high: 2), limit: nil)
        #expect(
            outcome.relativeToBestArm == Estimate(value: 0.25, standardError: 0.125, low: 0.0625, high: 0.5))
        let zero = OutcomeEvaluation(
            name: "y", control: 0, value: nil, standardError: nil, difference: nil, relative: nil,
            againstBestArm: outcome.againstBestArm, limit: nil)
        #expect(zero.relativeToBestArm == nil)
    }

    @Test func policiesOverlapWhereAllTheirIntervalsDo() throws {
        let synthetic = SyntheticTable(units: 2_000)
        let (space, table) = (synthetic.space, synthetic.table)
        let control = try Self.evaluation((.everyone(arm: 0, in: space), space, table))
        let first = try Self.evaluation((.everyone(arm: 1, in: space), space, table))
        #expect(first.overlaps(first, on: [0, 1, 2]))
        for j in 0..<3 {
            // Control differs from itself by exactly nothing, so only an interval that holds 0 meets its own.
            let holdsZero = try !#require(first.outcomes[j].difference).excludesZero
            #expect(first.overlaps(control, on: [j]) == holdsZero)
        }
        #expect(first.orientedValues(in: space)[2] == -(try #require(first.outcomes[2].value)))
    }

    @Test func brokenLimitsAreThoseOfTheAverages() {
        let space = PolicySpace(
            arms: ["c", "a", "b"],
            outcomes: [
                .init(name: "x", direction: .maximize, threshold: nil, centre: 0, scale: 1),
                .init(name: "y", direction: .minimize, threshold: .relative(-0.1), centre: 0, scale: 1),
                .init(name: "z", direction: .maximize, threshold: .absolute(1), centre: 0, scale: 1),
            ], averageEffects: [[0, 0, 0], [-5, 2, 1], [-4, 0.5, 0.5]], controlMeans: [1, 10, 1])
        #expect(space.hasLimits)
        #expect(space.brokenLimits(1) == [1] && space.brokenLimits(2) == [2])
        #expect(!space.keepsThresholds(1) && !space.keepsThresholds(2))
        #expect(space.bestTreatment(on: 0) == 2 && space.bestTreatment(on: 1) == 2 && space.bestTreatment(on: 2) == 1)
        #expect(space.orientedEffect(1, 1) == -2)
    }

    @Test func aLineTellsTheWorstVerdictOfAllItsLimits() throws {
        let synthetic = SyntheticTable(units: 3_000)
        let evaluator = try PolicyEvaluator(space: synthetic.space, table: synthetic.table)
        var stream = RandomStream(seed: 2)
        for _ in 0..<5 {
            let knobs = synthetic.knobs(&stream)
            let point = evaluator.moments(of: LinearPolicy(knobs, in: synthetic.space))
            #expect(point.limits(in: synthetic.space) == evaluator.evaluate(knobs).limits)
        }
    }
}
