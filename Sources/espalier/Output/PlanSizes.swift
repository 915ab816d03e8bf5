import Experiments
import Foundation
import Online
import Policies
import Statistics
import Texts

/// What the users of a plan can tell apart, in sentences.
enum PlanSizes {
    /// One line for each outcome of the log, then one for each pair of policies.
    static func sentences(_ plan: OnlinePlan) -> [String] {
        let power = NumberText.percent(plan.power, 0)
        let users = NumberText.grouped(plan.users)
        let outcomes = plan.outcomes.filter { $0.spread ?? 0 > 0 }
        let reach = Confidence.critical + Normal.quantile(plan.power)
        var lines = outcomes.map { outcome in
            let least = (outcome.spread ?? 0) * reach * (2 / Double(plan.users)).squareRoot()
            return
                "\(users) users each show a difference of \(NumberText.significant(least, 3)) in \(outcome.name) with "
                + "\(power) power"
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
