import Foundation

/// Which learner to let decide who gets what, and why, in words.
package struct LearnerRecommendation: Sendable, Equatable, Codable {
    /// nil where the average effect for everybody serves as well.
    package let learner: String?
    package let reason: String

    /// R-score ranks the learners over the contrasts where heterogeneity was detected; detection itself is the test's.
    init(learners: [String], judgements: [ValidatedLearner], verdicts: [HeterogeneityVerdict]) {
        let found = verdicts.filter(\.isDetected)
        guard !found.isEmpty else {
            learner = nil
            reason =
                "no detectable heterogeneity in any of the \(verdicts.count) pairs of arm and outcome: "
                + "the average effect predicts as well as any learner, so start from the best single arm"
            return
        }
        func own(_ learner: String) -> [ValidatedLearner] {
            judgements.filter { judgement in
                judgement.learner == learner
                    && found.contains { $0.arm == judgement.arm && $0.outcome == judgement.outcome }
            }
        }
        func score(_ learner: String) -> Double {
            own(learner).reduce(0) { $0 + $1.rScore.value } / Double(found.count)
        }
        let ranked = learners.filter { $0 != ValidatedLearner.constantName }
            .map { (name: $0, score: score($0), judgements: own($0)) }.sorted { $0.score > $1.score }
        guard let best = ranked.first else {
            learner = nil
            reason = "no learner was judged"
            return
        }
        let what = found.map { "\($0.arm) on \($0.outcome)" }.joined(separator: ", ")
        learner = best.name
        var words =
            "\(best.name) predicts best where effects differ (\(what)): "
            + "it lowers the tau-risk of the constant effect by \(Self.percent(best.score))"
        if best.score <= 0 {
            words =
                "effects differ (\(what)) and \(best.name) ranks units, but no learner predicts better than the "
                + "constant effect: its differences are too large as they stand"
        } else if let second = ranked.dropFirst().first {
            let isClear = second.judgements.contains { $0.behindBest.value > $0.behindBest.halfWidth }
            words +=
                ", \(second.name) by \(Self.percent(second.score))" + (isClear ? "" : ", which is no sure difference")
        }
        let slopes = best.judgements.compactMap(\.calibration)
        if let lowest = slopes.min(by: { $0.value < $1.value }), lowest.interval.high < 1 {
            let shrinkage = min(1, max(0, 1 - lowest.value))
            words += "; it overstates differences (slope \(String(format: "%.2f", lowest.value))): "
            words += "shrink by alpha about \(String(format: "%.1f", shrinkage))"
        }
        reason = words
    }

    private static func percent(_ share: Double) -> String { String(format: "%.2f%%", 100 * share) }
}
