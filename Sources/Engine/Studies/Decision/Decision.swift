import Policies
import Statistics
import Texts

/// What whoever reads one sentence should take away: whether a policy is shown to beat the best single arm for everyone.
///
/// Only units that chose nothing can show it. Where several candidates were judged on them, any of them may have been named for
/// what was seen there, so the interval counts them all (Bonferroni).
package struct Decision: Sendable {
    package let sentence: String
    package let isShown: Bool

    /// - Parameters:
    ///   - chosen: the policy to run; nil leaves it open.
    ///   - bestArm: the best single arm inside the limits by its estimates.
    package init(_ space: PolicySpace, candidates: [Candidate], chosen: Candidate?, bestArm: String) {
        let judged = candidates.filter { $0.confirm != nil }
        let candidate = chosen ?? judged.max { Self.least($0, in: space, of: 1) < Self.least($1, in: space, of: 1) }
        let everyone = "giving \(bestArm) to everyone"
        guard let candidate else {
            isShown = false
            sentence =
                "No policy is shown to beat \(everyone): "
                + (candidates.isEmpty
                    ? "none has been tried." : "none has been judged on units that did not choose it.")
            return
        }
        guard let confirm = candidate.confirm, let difference = confirm.outcomes[0].againstBestArm else {
            isShown = false
            sentence =
                "No policy is shown to beat \(everyone): \(candidate.label) has not been judged on units that did not "
                + "choose it."
            return
        }
        let outcome = space.outcomes[0]
        let rival = "giving \(confirm.bestArm) to everyone"
        let count = judged.count
        let interval = Self.interval(difference, of: count)
        let told =
            "\(outcome.name) \(DecisionText.signed(difference.value))"
            + (interval.map { " (95% interval \(DecisionText.interval($0.low, $0.high))\(Self.counting(count)))" } ?? "")
            + " on \(NumberText.grouped(confirm.units)) units that did not choose it"
        let isBetter = Self.least(candidate, in: space, of: count) > 0
        switch (isBetter, confirm.limits) {
        case (true, .outside):
            isShown = false
            sentence =
                "Policy \(candidate.name) beats \(rival) on \(outcome.name) but breaks a limit: \(told)."
        case (true, .uncertain):
            isShown = true
            sentence =
                "Policy \(candidate.name) beats \(rival): \(told); whether it keeps every limit is not sure."
        case (true, _):
            isShown = true
            sentence = "Policy \(candidate.name) beats \(rival): \(told)."
        case (false, _):
            isShown = false
            sentence =
                "No policy is shown to beat \(rival): against that policy "
                + "\(candidate.name) changes \(told)."
        }
    }

    private static func counting(_ count: Int) -> String {
        count > 1 ? ", widened for \(count) candidates judged" : ""
    }

    private static func interval(_ estimate: Estimate, of count: Int) -> Interval? {
        let critical = Normal.quantile(1 - (1 - Confidence.level) / 2 / Double(max(1, count)))
        return Estimate(value: estimate.value, standardError: estimate.standardError, critical: critical).interval
    }

    /// The oriented end of the interval that is to be above 0.
    private static func least(_ candidate: Candidate, in space: PolicySpace, of count: Int) -> Double {
        guard let difference = candidate.confirm?.outcomes[0].againstBestArm, let own = interval(difference, of: count)
        else { return -.infinity }
        return space.outcomes[0].sign > 0 ? own.low : -own.high
    }
}
