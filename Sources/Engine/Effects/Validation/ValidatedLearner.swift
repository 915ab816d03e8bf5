/// How one learner does for one arm and outcome, on units its models never saw. All figures are in the outcome's own unit.
package struct ValidatedLearner: Sendable, Equatable, Codable {
    /// A learner's name as in the spec, or `constant`: the average effect for everybody.
    package let learner: String
    package let arm: String
    package let outcome: String
    /// Mean (Y - mu_T(x))^2 over the two arms; nil for learners that predict effects only.
    package let muRisk: Double?
    /// Mean ((Y - m(x)) - (T - e) tau(x))^2 over the two arms (S2).
    package let tauRisk: Double
    /// 1 - tau-risk / tau-risk of the constant effect, with the error of the paired losses.
    package let rScore: Measure
    /// How much higher its tau-risk is than the lowest of all learners, with the error of the paired losses.
    package let behindBest: Measure
    /// nil where the learner predicts one effect for everybody, as the constant does.
    package let calibration: Measure?
    package let curve: RankingCurve?
    package let test: HeterogeneityTest
    /// The test's p after Holm over all learners, arms and outcomes of the report.
    package let adjustedP: Double

    package init(
        learner: String, arm: String, outcome: String, muRisk: Double?, tauRisk: Double, rScore: Measure,
        behindBest: Measure, calibration: Measure?, curve: RankingCurve?, test: HeterogeneityTest, adjustedP: Double
    ) {
        self.learner = learner
        self.arm = arm
        self.outcome = outcome
        self.muRisk = muRisk
        self.tauRisk = tauRisk
        self.rScore = rScore
        self.behindBest = behindBest
        self.calibration = calibration
        self.curve = curve
        self.test = test
        self.adjustedP = adjustedP
    }

    /// Whether it separates units beyond chance.
    package var isDetected: Bool { adjustedP < ModelReport.level }

    package static let constantName = "constant"
    package var isConstant: Bool { learner == Self.constantName }
}
