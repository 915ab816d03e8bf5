import Experiments
import Foundation
import Policies
import Statistics
import Texts

/// What the users of a plan can tell apart, in sentences.
package enum PlanSizes {
    /// Users of each of two policies that show a difference.
    /// - Parameter difference: in standard deviations.
    package static func users(detecting difference: Double, power: Double) -> Int? {
        OnlineSampleSize.perArm(spread: 1, difference: difference, power: power).map { Int($0) }
    }

    /// What the users show against control in each outcome, the shares where they differ, then a line for each pair of policies.
    package static func sentences(_ plan: OnlinePlan) -> [String] {
        let power = NumberText.percent(plan.power, 0)
        let outcomes = plan.outcomes.filter { $0.spread ?? 0 > 0 }
        let users = plan.policies.map { Double(plan.unitCount) * (1 - plan.slice) * $0.share }
        let fewest = users.dropFirst().min() ?? users[0]
        let reach =
            (Confidence.critical + Normal.quantile(plan.power)) * (1 / users[0] + 1 / fewest).squareRoot()
        let isEqual = users.allSatisfy { abs($0 - fewest) < 0.5 }
        let who =
            isEqual
            ? "\(NumberText.grouped(Int(fewest.rounded()))) users each"
            : "\(NumberText.grouped(Int(fewest.rounded()))) users against \(NumberText.grouped(Int(users[0].rounded()))) of control"
        var lines = outcomes.map { outcome in
            "\(who) show a difference of \(NumberText.significant((outcome.spread ?? 0) * reach, 3)) in \(outcome.name) with "
                + "\(power) power"
        }
        if outcomes.isEmpty {
            lines.append(
                "\(who) show a difference of \(NumberText.significant(reach, 3)) standard deviations with \(power) power"
            )
        }
        if !isEqual {
            let shares = zip(plan.policies, users).map { "\($0.name) \(NumberText.grouped(Int($1.rounded())))" }
            lines.append("users: \(shares.joined(separator: ", "))")
        }
        for (index, a) in plan.policies.enumerated() {
            for b in plan.policies.dropFirst(index + 1) {
                let needed = outcomes.compactMap { outcome -> String? in
                    guard let gap = gap(a, b, outcome.name) else { return nil }
                    let size = OnlineSampleSize.perArm(
                        spread: outcome.spread ?? 0, difference: gap, power: plan.power)
                    return "\(outcome.name) \(size.map { NumberText.grouped(Int($0)) } ?? "no number")"
                }
                guard !needed.isEmpty else { continue }
                lines.append("\(b.name) against \(a.name) takes, each: \(needed.joined(separator: ", "))")
            }
        }
        return lines
    }

    /// The difference that the log promises between two policies; nil where it knows nothing of one.
    private static func gap(_ a: OnlinePlan.Entry, _ b: OnlinePlan.Entry, _ outcome: String) -> Double? {
        func value(_ entry: OnlinePlan.Entry) -> Double? {
            entry.id == OnlinePlan.controlID ? 0 : entry.offline.first { $0.outcome == outcome }?.value
        }
        guard let first = value(a), let second = value(b) else { return nil }
        return second - first
    }
}
