import Effects
import Experiments
import Foundation
import Policies
import Statistics
import Testing

/// Verdicts on limits, and the numbers they rest on, of an experiment whose difference and error are chosen by hand.
@Suite struct LimitVerdictTests {
    /// Of 100 units: 1/sqrt(99), and 1.959964 times it to either side.
    private static let error = 1 / 99.0.squareRoot()
    private static let reach = 1.959963984540054 * error

    /// Everybody gets the arm, whose doubly robust differences are `difference` + 1 and - 1, half of the units each: their
    /// mean is the difference, and its error 1/sqrt(n - 1). Control's scores are `control` throughout.
    private func outcome(
        _ difference: Float, control: Float = 10, direction: Direction, threshold: Threshold?
    ) throws -> OutcomeEvaluation {
        let count = 100
        let spread: Float = 1
        // The first half has the arm, the second control, so that residuals count with either sign.
        let assignment = (0..<count).map { UInt8($0 < count / 2 ? 1 : 0) }
        let residuals = (0..<count).map { $0.isMultiple(of: 2) ? spread : -spread }
        let contrasts = EffectEstimates(
            armCount: 2, outcomeCount: 1, columns: [Array(repeating: difference, count: count)])
        let base = assignment.indices.map { control - (assignment[$0] == 0 ? residuals[$0] : 0) }
        let table = PolicyTable(
            effects: contrasts, scores: ScoreTable(control: [base], contrasts: contrasts, residuals: [residuals]),
            observed: [Array(repeating: control, count: count)], armCosts: [[0], [0]], assignment: assignment,
            observedPropensity: Array(repeating: 0.5, count: count), tuneCount: count)
        let space = PolicySpace(
            arms: ["c", "t"],
            outcomes: [
                PolicySpace.Outcome(name: "y", direction: direction, threshold: threshold, centre: 0, scale: 1)
            ], averageEffects: [[0], [Double(difference)]], controlMeans: [Double(control)])
        return try PolicyEvaluator(space: space, table: table).evaluate(.everyone(arm: 1, in: space), weights: [1])
            .outcomes[0]
    }

    /// The interval reaches 0.197 to either side.
    @Test(arguments: [
        // More is better, the limit -0.5: below -0.5 outside, above -0.303 inside.
        (Direction.maximize, -0.5, Float(-0.51), LimitVerdict.outside), (.maximize, -0.5, -0.5, .uncertain),
        (.maximize, -0.5, -0.31, .uncertain), (.maximize, -0.5, -0.3, .inside), (.maximize, -0.5, 0.5, .inside),
        (.maximize, 0.2, 0.1, .outside), (.maximize, 0.2, 0.39, .uncertain), (.maximize, 0.2, 0.4, .inside),
        // Less is better: the oriented difference is the difference with its sign turned, and its low end that of the high.
        (.minimize, -0.5, 0.51, .outside), (.minimize, -0.5, 0.5, .uncertain), (.minimize, -0.5, 0.31, .uncertain),
        (.minimize, -0.5, 0.3, .inside), (.minimize, -0.5, -0.5, .inside), (.minimize, 0.2, -0.1, .outside),
        (.minimize, 0.2, -0.39, .uncertain), (.minimize, 0.2, -0.4, .inside),
    ])
    func absolute(direction: Direction, limit: Double, difference: Float, verdict: LimitVerdict) throws {
        let outcome = try outcome(difference, direction: direction, threshold: .absolute(limit))
        let estimate = try #require(outcome.difference)
        #expect(abs((estimate.standardError ?? 0) - Self.error) < 1e-6)
        #expect(abs((estimate.low ?? 0) - (Double(difference) - Self.reach)) < 1e-6)
        #expect(abs((estimate.high ?? 0) - (Double(difference) + Self.reach)) < 1e-6)
        #expect(outcome.limit == verdict)
    }

    /// The same as shares of a control value of 10 or of -10, which is exact here: a difference of 0.1 is 1%.
    @Test(
        arguments: [
            (Direction.maximize, -0.05, Float(-0.51), LimitVerdict.outside), (.maximize, -0.05, -0.31, .uncertain),
            (.maximize, -0.05, -0.3, .inside), (.minimize, -0.05, 0.51, .outside), (.minimize, -0.05, 0.31, .uncertain),
            (.minimize, -0.05, 0.3, .inside), (.minimize, 0.02, -0.39, .uncertain), (.minimize, 0.02, -0.4, .inside),
        ], [Float(10), -10])
    func relative(
        _ setting: (direction: Direction, limit: Double, difference: Float, verdict: LimitVerdict), control: Float
    ) throws {
        let outcome = try outcome(
            setting.difference, control: control, direction: setting.direction,
            threshold: .relative(setting.limit))
        let relative = try #require(outcome.relative)
        #expect(abs(relative.value - Double(setting.difference) / 10) < 1e-6)
        #expect(abs((relative.standardError ?? 0) - Self.error / 10) < 1e-6)
        #expect(outcome.limit == setting.verdict)
    }

    @Test func withoutALimitThereIsNoVerdict() throws {
        #expect(try outcome(0.3, direction: .minimize, threshold: nil).limit == nil)
    }

    /// Of all limits the worst counts.
    @Test func theWorstOfAllLimits() throws {
        func limits(_ verdicts: [LimitVerdict?]) throws -> LimitVerdict? {
            let outcomes = verdicts.map { "{\"name\":\"y\",\"limit\":\($0.map { "\"\($0.rawValue)\"" } ?? "null")}" }
            let json = """
                {"estimator":"dr","split":"tune","units":1,"effectiveSampleSize":1,"weights":{},"biases":{},"shares":{},
                "outcomes":[\(outcomes.joined(separator: ","))],"bestArm":"c"}
                """
            return try JSONDecoder().decode(PolicyEvaluation.self, from: Data(json.utf8)).limits
        }
        #expect(try limits([nil, nil]) == nil)
        #expect(try limits([nil, .inside]) == .inside)
        #expect(try limits([.inside, .uncertain, .inside]) == .uncertain)
        #expect(try limits([.uncertain, .outside, .inside]) == .outside)
    }

    @Test func anIntervalOnOneSideOfNothing() {
        #expect(Estimate(value: 0.2, standardError: 0.1).excludesZero)
        #expect(!Estimate(value: 0.19, standardError: 0.1).excludesZero)
        #expect(Estimate(value: -0.2, standardError: 0.1).excludesZero)
        #expect(!Estimate(value: -0.19, standardError: 0.1).excludesZero)
        #expect(!Estimate(value: 5, standardError: nil).excludesZero)
    }
}
