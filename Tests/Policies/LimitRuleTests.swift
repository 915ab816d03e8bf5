import Effects
import Experiments
import Foundation
import Policies
import Statistics
import Testing

@Suite struct LimitRuleTests {
    private static func rule(_ threshold: Threshold, sign: Double = 1) throws -> LimitRule {
        try #require(LimitRule(threshold, sign: sign))
    }

    private static func interval(_ low: Double, _ value: Double, _ high: Double) -> Estimate {
        Estimate(value: value, standardError: 1, low: low, high: high)
    }

    @Test func withoutAThresholdThereIsNoRule() {
        #expect(LimitRule(nil, sign: 1) == nil)
    }

    @Test(
        arguments: [
            (0.5, 1.0, 1.5, LimitVerdict.inside), (0, 1, 2, .inside), (-0.5, 1, 2.5, .uncertain),
            (-2, 0, 2, .uncertain),
            (-2, -1, 0, .outside),
        ] as [(Double, Double, Double, LimitVerdict)])
    func theMarginsLowerEndDecides(low: Double, value: Double, high: Double, verdict: LimitVerdict) throws {
        let rule = try Self.rule(.absolute(-1))
        let margin = Self.interval(low, value, high)
        #expect(rule.verdict(of: margin) == verdict)
        #expect(rule.verdict(of: margin, restsOnEnough: false) == (verdict == .outside ? .outside : .uncertain))
        #expect((try #require(rule.shortfall(of: margin)) == 0) == (verdict == .inside))
    }

    /// s D - r |V0| and its variance: Var(D) - 2 s r sign(V0) Cov + r² Var(V0), the larger of both signs where V0 is near 0.
    @Test(
        arguments: [
            (1.0, 10.0, 0.5 + 0.2, 1 + 2 * 0.02 * -0.5 + 0.0004 * 4),
            (1, -10, 0.5 + 0.2, 1 - 2 * 0.02 * -0.5 + 0.0004 * 4),
            (-1, 10, -0.5 + 0.2, 1 - 2 * 0.02 * -0.5 + 0.0004 * 4), (1, 0, 0.5, 1 + 2 * 0.02 * 0.5 + 0.0004 * 4),
            (-1, -5, -0.5 + 0.1, 1 + 2 * 0.02 * 0.5 + 0.0004 * 4),
        ] as [(Double, Double, Double, Double)])
    func theMarginOfARelativeLimitNeedsNoDivision(sign: Double, control: Double, value: Double, variance: Double) throws
    {
        let margin = try Self.rule(.relative(-0.02), sign: sign).margin(
            difference: 0.5, variance: 1, control: control, controlVariance: 4, covariance: -0.5)
        #expect(abs(margin.value - value) < 1e-12)
        #expect(abs(try #require(margin.standardError) - variance.squareRoot()) < 1e-12)
    }

    /// An absolute limit looks at the difference alone.
    @Test func theMarginOfAnAbsoluteLimitIsThatOfTheDifference() throws {
        let margin = try Self.rule(.absolute(-1), sign: -1).margin(
            difference: 0.5, variance: 4, control: 3, controlVariance: 9, covariance: 1)
        #expect(margin.value == 0.5 && margin.standardError == 2)
    }

    @Test func whatHasNoIntervalIsNeverInside() throws {
        let rule = try Self.rule(.absolute(0.5))
        #expect(rule.verdict(of: Estimate(value: 0.5, standardError: nil)) == .uncertain)
        #expect(rule.verdict(of: nil) == .outside)
        #expect(rule.shortfall(of: nil) == nil)
        #expect(rule.shortfall(of: Estimate(value: -0.25, standardError: nil)) == 0.25)
    }

    @Test func theShortfallCountsStandardErrors() throws {
        let rule = try Self.rule(.absolute(1))
        let margin = Estimate(value: 0, standardError: 0.25, low: -0.5, high: 0.5)
        #expect(rule.shortfall(of: margin) == 2)
        #expect(LimitRule.standardErrors(0.5, 0.25) == 2 && LimitRule.standardErrors(-0.5, 0.25) == 0)
    }

    @Test func theBoundStandsAmongDifferencesAsTheyAre() throws {
        #expect(try Self.rule(.relative(-0.02), sign: -1).bound == 0.02)
        #expect(try Self.rule(.relative(-0.02)).bound == -0.02)
    }

    @Test(arguments: [
        (-0.2, 10.0, true), (-0.3, 10, false), (-0.2, -10, true), (-0.3, -10, false), (-9, 0, false), (0, 0, true),
    ])
    func relativeLimitsAreSharesOfControl(difference: Double, control: Double, isKept: Bool) throws {
        #expect(try Self.rule(.relative(-0.02)).isKept(byDifference: difference, from: control) == isKept)
        // An absolute limit does not look at control.
        #expect(
            try Self.rule(.absolute(-0.25)).isKept(byDifference: difference, from: control) == (difference >= -0.25))
    }

    /// An effect of 1 ± 1.96 x .5, its t interval far wider.
    private static func average(control: Double, effect: Double = 1, error: Double = 0.4) throws -> AverageEffect {
        try JSONDecoder().decode(
            AverageEffect.self,
            from: Data(
                """
                {"arm": 1, "outcome": 0, "controlCount": 100, "armCount": 100, "controlMean": \(control),
                 "controlStandardError": \(error), "armMean": \(control + effect), "lift": null,
                 "difference": {"effect": \(effect), "standardError": 0.5, "low": -9, "high": 9}}
                """.utf8))
    }

    @Test func armsAreHeldToTheirAverageEffects() throws {
        let better = try Self.average(control: 10)
        // 1 - 1.96 / 2 = .02, whatever the t interval says.
        #expect(try Self.rule(.absolute(0.019)).verdict(of: better) == .inside)
        #expect(try Self.rule(.absolute(0.021)).verdict(of: better) == .uncertain)
        #expect(try Self.rule(.absolute(1.1)).verdict(of: better) == .outside)
        let relative = try Self.rule(.relative(0))
        #expect(relative.verdict(of: try Self.average(control: 10, effect: -1)) == .outside)
        #expect(relative.verdict(of: better) == .inside)
        // Relative to a control of 0, or near it, an effect is judged all the same.
        #expect(try Self.rule(.relative(-0.02)).verdict(of: Self.average(control: 0, error: 0)) == .inside)
        #expect(relative.verdict(of: try Self.average(control: 0.1)) == .inside)
        #expect(relative.verdict(of: try Self.average(control: 0.1, effect: 0.5)) == .uncertain)
    }

    @Test func theWorstVerdictStandsForAll() {
        #expect(LimitVerdict.worst(of: [nil, .inside, .uncertain]) == .uncertain)
        #expect(LimitVerdict.worst(of: [.inside, .outside, .uncertain]) == .outside)
        #expect(LimitVerdict.worst(of: [.inside, nil]) == .inside)
        #expect(LimitVerdict.worst(of: [nil, nil]) == nil)
    }
}
