import Foundation

/// How a learner stands beside the constant effect.
extension ValidatedLearner {
    /// Whether its tau-risk is above the constant effect's beyond the error of the paired losses: deciding by it is worse than
    /// giving everybody the same arm.
    package var isWorseThanConstant: Bool { !isConstant && rScore.interval.high < 0 }

    /// In one sentence for this arm and outcome; nil where it is not surely worse.
    package var worseThanConstant: String? {
        isWorseThanConstant
            ? "\(learner) predicts the effect of \(arm) on \(outcome) worse than a constant does (R-score "
                + "\(Self.percent(rScore.value)) ± \(Self.percent(rScore.halfWidth)))"
            : nil
    }

    /// Of one learner over all arms and outcomes, in one sentence; nil where it is nowhere surely worse.
    static func worseThanConstant(_ judgements: [ValidatedLearner]) -> String? {
        let worse = judgements.filter(\.isWorseThanConstant)
        guard let first = worse.first else { return nil }
        if worse.count == 1 { return first.worseThanConstant }
        let pairs = worse.map { "\($0.arm) on \($0.outcome) \(percent($0.rScore.value))" }.joined(separator: ", ")
        return "\(first.learner) predicts effects worse than a constant does in \(worse.count) of \(judgements.count) "
            + "pairs of arm and outcome (R-scores: \(pairs))"
    }

    private static func percent(_ share: Double) -> String { String(format: "%.2f%%", 100 * share) }
}
