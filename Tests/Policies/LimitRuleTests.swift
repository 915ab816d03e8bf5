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

    /// At least -1: a maximised outcome may fall by 1, a minimised one may rise by 1.
    @Test(
        arguments: [
            (1.0, -0.5, 0.0, 0.5, LimitVerdict.inside), (1, -1, 0, 1, .inside), (1, -1.5, 0, 1.5, .uncertain),
            (1, -3, -1.5, 0, .outside), (-1, -0.5, 0, 0.5, .inside), (-1, -3, 0, 1, .inside),
            (-1, -1, 0, 1.5, .uncertain),
            (-1, 0, 1.5, 3, .outside),
        ] as [(Double, Double, Double, Double, LimitVerdict)])
    func theIntervalsWorseEndDecides(
        sign: Double, low: Double, value: Double, high: Double, verdict: LimitVerdict
    ) throws {
        let rule = try Self.rule(.absolute(-1), sign: sign)
        let estimate = Self.interval(low, value, high)
        #expect(rule.verdict(of: estimate) == verdict)
        #expect(rule.verdict(of: estimate, restsOnEnough: false) == (verdict == .outside ? .outside : .uncertain))
        #expect((rule.slack(of: value) >= 0) == (verdict != .outside))
        #expect((try #require(rule.shortfall(of: estimate)) == 0) == (verdict == .inside))
    }

    @Test func whatHasNoIntervalIsNeverInside() throws {
        let rule = try Self.rule(.absolute(0.5))
        #expect(rule.verdict(of: Estimate(value: 1, standardError: nil)) == .uncertain)
        #expect(rule.verdict(of: nil) == .outside)
        #expect(rule.shortfall(of: nil) == nil)
        #expect(rule.shortfall(of: Estimate(value: 0.25, standardError: nil)) == 0.25)
    }

    @Test func theShortfallCountsStandardErrors() throws {
        let rule = try Self.rule(.absolute(1))
        let estimate = Estimate(value: 1, standardError: 0.25, low: 0.5, high: 1.5)
        #expect(rule.shortfall(of: estimate) == 2)
        #expect(LimitRule.standardErrors(0.5, 0.25) == 2 && LimitRule.standardErrors(-0.5, 0.25) == 0)
    }

    @Test func theBoundStandsAmongDifferencesAsTheyAre() throws {
        #expect(try Self.rule(.relative(-0.02), sign: -1).bound == 0.02)
        #expect(try Self.rule(.relative(-0.02)).bound == -0.02)
    }

    @Test(arguments: [(-0.2, 10.0, true), (-0.3, 10, false), (-0.2, -10, true), (-0.3, -10, false), (-9, 0, true)])
    func relativeLimitsAreSharesOfControl(difference: Double, control: Double, isKept: Bool) throws {
        #expect(try Self.rule(.relative(-0.02)).isKept(byDifference: difference, from: control) == isKept)
        // An absolute limit does not look at control.
        #expect(
            try Self.rule(.absolute(-0.25)).isKept(byDifference: difference, from: control) == (difference >= -0.25))
    }

    /// An effect of 1 ± 1.96 x .5, its t interval far wider.
    private static func average(lift: String) throws -> AverageEffect {
        try JSONDecoder().decode(
            AverageEffect.self,
            from: Data(
                """
                {"arm": 1, "outcome": 0, "controlCount": 100, "armCount": 100, "controlMean": 10,
                 "controlStandardError": 1, "armMean": 11, "lift": \(lift),
                 "difference": {"effect": 1, "standardError": 0.5, "low": -9, "high": 9}}
                """.utf8))
    }

    @Test func armsAreHeldToTheirAverageEffects() throws {
        let bare = try Self.average(lift: "null")
        // 1 - 1.96 / 2 = .02, whatever the t interval says.
        #expect(try Self.rule(.absolute(0.019)).verdict(of: bare) == .inside)
        #expect(try Self.rule(.absolute(0.021)).verdict(of: bare) == .uncertain)
        #expect(try Self.rule(.absolute(1.1)).verdict(of: bare) == .outside)
        let relative = try Self.rule(.relative(0))
        #expect(relative.verdict(of: bare) == .uncertain)
        let worse = try Self.average(lift: #"{"value": -0.1, "standardError": 0.05}"#)
        let better = try Self.average(lift: #"{"value": 0.1, "standardError": 0.05}"#)
        #expect(relative.verdict(of: worse) == .outside && relative.verdict(of: better) == .inside)
    }

    @Test func theWorstVerdictStandsForAll() {
        #expect(LimitVerdict.worst(of: [nil, .inside, .uncertain]) == .uncertain)
        #expect(LimitVerdict.worst(of: [.inside, .outside, .uncertain]) == .outside)
        #expect(LimitVerdict.worst(of: [.inside, nil]) == .inside)
        #expect(LimitVerdict.worst(of: [nil, nil]) == nil)
    }
}
