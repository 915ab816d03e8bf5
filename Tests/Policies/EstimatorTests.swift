import Effects
import Experiments
import Foundation
import Policies
import Runtime
import Statistics
import Testing

/// Every estimator's value and errors against their definitions, computed unit by unit.
@Suite struct EstimatorTests {
    static let estimators: [Estimator] = [.dr, .snips, .ips, .dm, .switching(limit: 3)]

    @Test(arguments: estimators, [true, false])
    func momentsEqualTheirDefinitions(estimator: Estimator, constantShares: Bool) throws {
        let synthetic = SyntheticTable(units: 3_000, seed: 11, constantShares: constantShares)
        let evaluator = try PolicyEvaluator(
            space: synthetic.space, table: synthetic.table, split: .all, estimator: estimator)
        var stream = RandomStream(seed: 17)
        for _ in 0..<5 {
            let knobs = synthetic.knobs(&stream)
            let evaluation = evaluator.evaluate(knobs)
            let choice = evaluator.choice(of: LinearPolicy(knobs, in: synthetic.space))
            let best = synthetic.space.bestArm(weights: knobs.weights)
            for j in 0..<3 {
                let expected = UnitByUnit(synthetic, estimator, outcome: j)
                let outcome = evaluation.outcomes[j]
                let given = ArmProbabilities(assignment: choice, armCount: synthetic.space.armCount)
                expected.check(outcome, given, bestArm: best)
            }
        }
    }

    @Test(arguments: estimators)
    func controlDiffersFromItselfByExactlyNothing(estimator: Estimator) throws {
        let synthetic = SyntheticTable(units: 3_000, seed: 2, constantShares: false)
        let evaluator = try PolicyEvaluator(
            space: synthetic.space, table: synthetic.table, split: .tune, estimator: estimator)
        let everyone = evaluator.evaluate(
            .everyone(arm: 0, in: synthetic.space), weights: PolicyKnobs.start(in: synthetic.space).weights)
        for outcome in everyone.outcomes {
            #expect(outcome.difference?.value == 0)
            #expect(outcome.relative?.value ?? 0 == 0)
            if estimator != .dm { #expect(outcome.difference?.standardError == 0) }
        }
    }

    @Test func switchIsDirectBelowAndDoublyRobustAboveTheEqualWeight() throws {
        let synthetic = SyntheticTable(units: 2_000, seed: 4)
        var stream = RandomStream(seed: 1)
        let knobs = synthetic.knobs(&stream)
        func values(_ estimator: Estimator) throws -> [Double?] {
            try PolicyEvaluator(space: synthetic.space, table: synthetic.table, estimator: estimator)
                .evaluate(knobs).outcomes.map(\.value)
        }
        #expect(try values(.switching(limit: 2.9)) == values(.dm))
        #expect(try values(.switching(limit: 3.1)) == values(.dr))
        // Without any correction it has no more error of its own than the direct method.
        func evaluator(_ limit: Double) throws -> PolicyEvaluator {
            try PolicyEvaluator(space: synthetic.space, table: synthetic.table, estimator: .switching(limit: limit))
        }
        let direct = try evaluator(2.9)
        for outcome in direct.evaluate(knobs).outcomes {
            #expect(outcome.standardError == nil && outcome.difference?.low == nil && outcome.limit != .inside)
            #expect(outcome.againstBestArm?.standardError == nil)
        }
        #expect(direct.jointDifferences(of: [LinearPolicy(knobs, in: synthetic.space)]) == nil)
        #expect(try evaluator(3.1).evaluate(knobs).outcomes.allSatisfy { $0.standardError != nil })
    }

    /// Nine matched units that never had the outcome would be sure of it by their own spread.
    @Test func noLimitIsKeptByAHandfulOfUnits() throws {
        for (matched, verdict) in [(9, LimitVerdict.uncertain), (90, .inside)] {
            let units = 2_000
            let zeros = [[Float](repeating: 0, count: units)]
            let effects = EffectEstimates(armCount: 2, outcomeCount: 1, columns: zeros)
            let table = PolicyTable(
                effects: effects, scores: ScoreTable(control: zeros, contrasts: effects, residuals: zeros),
                observed: zeros, armCosts: [[0], [0]], assignment: (0..<units).map { $0 < matched ? 1 : 0 },
                observedPropensity: (0..<units).map { Float($0 < matched ? matched : units - matched) / Float(units) },
                tuneCount: units)
            let space = PolicySpace(
                arms: ["c", "t"],
                outcomes: [
                    PolicySpace.Outcome(
                        name: "z", direction: .minimize, threshold: .absolute(-0.01), centre: 0.03, scale: 0.17)
                ], averageEffects: [[0], [0]], controlMeans: [0.03])
            let evaluation = try PolicyEvaluator(space: space, table: table).evaluate(
                .everyone(arm: 1, in: space), weights: [1])
            #expect(evaluation.outcomes[0].limit == verdict)
            #expect(evaluation.restsOnEnough == (verdict == .inside))
        }
    }

    /// What control never has, it has exactly none of, by every estimator; and nothing is relative to that.
    @Test(arguments: [Estimator.dr, .snips, .ips, .dm]) func nothingIsRelativeToNothing(estimator: Estimator) throws {
        let units = 900
        var stream = RandomStream(seed: 8)
        let assignment = (0..<units).map { UInt8($0 % 3) }
        let centre = 0.013
        let scale = 0.11
        let never = Float(-centre / scale)
        let observed = assignment.map { $0 == 2 && stream.bernoulli(0.1) ? Float((1 - centre) / scale) : never }
        let constant = [Float](repeating: never, count: units)
        let contrasts = [[Float]](repeating: [Float](repeating: 0, count: units), count: 2)
        let effects = EffectEstimates(armCount: 3, outcomeCount: 1, columns: contrasts)
        let residuals = observed.map { 3 * ($0 - never) }
        let table = PolicyTable(
            effects: effects, scores: ScoreTable(control: [constant], contrasts: effects, residuals: [residuals]),
            observed: [observed], armCosts: [[0], [0], [0]], assignment: assignment,
            observedPropensity: [Float](repeating: 1.0 / 3, count: units), tuneCount: units)
        let space = PolicySpace(
            arms: ["c", "a", "b"],
            outcomes: [
                PolicySpace.Outcome(
                    name: "z", direction: .maximize, threshold: .relative(0.5), centre: centre, scale: scale)
            ], averageEffects: [[0], [0], [0.1]], controlMeans: [0])
        let outcome = try PolicyEvaluator(space: space, table: table, estimator: estimator).evaluate(
            .everyone(arm: 2, in: space), weights: [1]
        ).outcomes[0]
        #expect(outcome.control == 0 && outcome.relative == nil)
        // Half of nothing is nothing: any rise keeps the limit.
        #expect(outcome.limit != .outside)
    }

    @Test func anEmptySplitIsSaid() {
        let synthetic = SyntheticTable(units: 0)
        #expect(throws: EspalierError.self) {
            try PolicyEvaluator(space: synthetic.space, table: synthetic.table, split: .confirm)
        }
    }
}
