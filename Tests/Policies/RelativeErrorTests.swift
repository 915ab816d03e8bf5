import Effects
import Experiments
import Policies
import Statistics
import Testing

/// Relative changes by hand: the delta method on either side of 0, and how far from 0 control has to be.
@Suite struct RelativeErrorTests {
    /// Everybody gets the arm. Control's scores are `control` + 1 and - 1 in turns, the differences 1 and 2, as often and
    /// mostly together: of 100 units 30 have + 1 and 2, 30 have - 1 and 1, and 20 each the other way round.
    private func outcome(control: Float, sign: Float = 1, estimator: Estimator = .dr) throws -> OutcomeEvaluation {
        let count = 100
        let base = (0..<count).map { sign * (control + ($0 < 50 ? 1 : -1)) }
        let difference = (0..<count).map { sign * ($0 < 30 || $0 >= 80 ? 2 : 1) }
        let contrasts = EffectEstimates(armCount: 2, outcomeCount: 1, columns: [difference])
        let zeros = [Float](repeating: 0, count: count)
        let table = PolicyTable(
            effects: contrasts, scores: ScoreTable(control: [base], contrasts: contrasts, residuals: [zeros]),
            observed: [base], armCosts: [[0], [0]], assignment: (0..<count).map { UInt8($0 % 2) },
            observedPropensity: Array(repeating: 0.5, count: count), tuneCount: count)
        let space = PolicySpace(
            arms: ["c", "t"],
            outcomes: [
                PolicySpace.Outcome(name: "y", direction: .maximize, threshold: nil, centre: 0, scale: 1)
            ], averageEffects: [[0], [1.5]], controlMeans: [Double(control)])
        return try PolicyEvaluator(space: space, table: table, estimator: estimator)
            .evaluate(.everyone(arm: 1, in: space), weights: [1]).outcomes[0]
    }

    /// r = d/|V0|, and its variance (var d - 2 r cov(d, g) + r^2 var g)/V0^2 with r signed as V0 is; all over n = 100.
    @Test func theDeltaMethod() throws {
        // Around their means: var g = 100/99, var d = 25/99, cov = (30 + 30 - 20 - 20)/2/99 = 10/99.
        let (spreadG, spreadD, product) = (1 / 99.0, 0.25 / 99, 0.1 / 99)
        let ratio = 1.5 / 4
        let error = ((spreadD - 2 * ratio * product + ratio * ratio * spreadG) / 16).squareRoot()
        let above = try #require(outcome(control: 4).relative)
        #expect(abs(above.value - ratio) < 1e-12 && abs((above.standardError ?? 0) - error) < 1e-12)
        // The same experiment with every sign turned: as sure, the other way.
        let below = try #require(outcome(control: 4, sign: -1).relative)
        #expect(abs(below.value + ratio) < 1e-12 && abs((below.standardError ?? 0) - error) < 1e-12)
    }

    /// The value of the policy: g + d, whose variance has twice their covariance.
    @Test func theErrorOfTheValue() throws {
        let outcome = try outcome(control: 4)
        #expect(abs((outcome.value ?? 0) - 5.5) < 1e-12 && abs((outcome.control ?? 0) - 4) < 1e-12)
        #expect(abs((outcome.standardError ?? 0) - ((1 + 0.25 + 2 * 0.1) / 99).squareRoot()) < 1e-12)
        #expect(abs((outcome.difference?.standardError ?? 0) - (0.25 / 99).squareRoot()) < 1e-12)
    }

    /// Three standard errors of control, 3/sqrt(99) = 0.3015: nearer to 0 nothing is relative to it.
    @Test(arguments: [(Float(0.3125), true), (0.296875, false), (-0.3125, true), (-0.296875, false), (0.25, false)])
    func nearNothing(control: Float, isEstimable: Bool) throws {
        #expect(try (outcome(control: control).relative != nil) == isEstimable)
    }
}
