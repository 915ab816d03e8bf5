import Experiments
import Foundation
import Policies
import Statistics
import Texts

/// What a round says of its policies (METHODS 8.3): against control with intervals that hold together, against what the log
/// promised, and who is best.
package struct RoundReading: Sendable, Equatable {
    package struct Outcome: Sendable, Equatable {
        package let name: String
        package let value: Double
        package let standardError: Double
        /// From control; nil for control itself.
        package let difference: SimultaneousEstimate?
        /// nil without a limit, and for control.
        package let limit: LimitVerdict?
    }

    package struct Policy: Sendable, Equatable {
        package let id: String
        package let name: String
        package let users: Int
        package let outcomes: [Outcome]
        /// To be best in the first outcome.
        package let probabilityBest: Double
        /// Ids of policies that are surely better in every outcome.
        package let dominatedBy: [String]
    }

    /// The line of online against offline differences in one outcome, or why there is none.
    package struct Line: Sendable, Equatable {
        package let outcome: String
        package let line: YorkLine?
        /// Where there is none.
        package let reason: String?
    }

    /// Units of the slice among them.
    package let users: Int
    /// Of the policies' counts against their shares.
    package let sampleRatioP: Double
    package let policies: [Policy]
    package let lines: [Line]
    /// Standard errors to either side that hold jointly.
    package let critical: Double
    /// One sentence without its full stop: the verdict and what to do next.
    package let finding: String

    /// Below it the ratio of the policies' counts is taken for broken.
    package static let sampleRatioAlarm = 0.001
    /// Offline errors above this share of the spread leave nothing to draw a line through.
    package static let mostNoise = 1.0 / 3

    /// - Parameter means: of the plan's policies, in its order, the slice last.
    package init(_ means: [PolicyMeans], plan: OnlinePlan) {
        let own = plan.policies.compactMap { entry in means.first { $0.policy == entry.id } }
        precondition(own.count == plan.policies.count)
        let m = plan.outcomes.count
        users = means.reduce(0) { $0 + $1.users }
        sampleRatioP = Self.sampleRatio(means, plan)
        let joint = Self.differences(own, outcomes: m)
        let family = SimultaneousIntervals(joint)
        critical = family.critical
        let signs = plan.outcomes.map(\.direction.sign)
        let best = BestProbability(
            values: own.map { signs[0] * $0.means[0] }, variances: own.map { max(0, $0.variance(0)) })
        /// Whether one policy is surely better than another in every outcome.
        func dominates(_ a: Int, _ b: Int) -> Bool {
            signs.indices.allSatisfy { j in
                let gap = signs[j] * (own[a].means[j] - own[b].means[j])
                let variance =
                    own[a].variance(j) + own[b].variance(j) + own[a].indexCovariance(j, with: own[a], from: own[b])
                return gap > family.critical * variance.squareRoot()
            }
        }
        policies = plan.policies.enumerated().map { k, entry in
            Policy(
                id: entry.id, name: entry.name, users: own[k].users,
                outcomes: plan.outcomes.enumerated().map { j, outcome in
                    guard k > 0 else {
                        return Outcome(
                            name: outcome.name, value: own[k].means[j], standardError: own[k].standardError(j),
                            difference: nil, limit: nil)
                    }
                    let index = (k - 1) * m + j
                    return Outcome(
                        name: outcome.name, value: own[k].means[j], standardError: own[k].standardError(j),
                        difference: SimultaneousEstimate(
                            value: joint.values[index], standardError: joint.standardError(index), family: family),
                        limit: outcome.limit.map { limit in
                            limit.verdict(
                                of: limit.margin(
                                    difference: joint.values[index], variance: joint.covariance[index, index],
                                    control: own[0].means[j],
                                    controlVariance: own[0].standardError(j) * own[0].standardError(j),
                                    covariance: own[k].indexCovariance(j, with: own[0])
                                        - own[0].indexCovariance(j, with: own[0]) - own[0].variance(j)))
                        })
                }, probabilityBest: best.probabilities[k],
                dominatedBy: plan.policies.indices.filter { dominates($0, k) }.map { plan.policies[$0].id })
        }
        lines = plan.outcomes.indices.map { Self.line($0, own, plan) }
        finding = Self.finding(policies, plan: plan, sampleRatioP: sampleRatioP)
    }

    /// Chi-square of the policies' counts against their shares, the slice among them.
    private static func sampleRatio(_ means: [PolicyMeans], _ plan: OnlinePlan) -> Double {
        let total = Double(means.reduce(0) { $0 + $1.users })
        var expected = plan.policies.map { (1 - plan.slice) * $0.share }
        var counts = plan.policies.map { entry in Double(means.first { $0.policy == entry.id }?.users ?? 0) }
        if plan.slice > 0 {
            expected.append(plan.slice)
            counts.append(Double(means.first { $0.policy == OnlinePlan.randomID }?.users ?? 0))
        }
        let statistic = zip(counts, expected).reduce(0) { sum, pair in
            let gap = pair.0 - total * pair.1
            return sum + gap * gap / (total * pair.1)
        }
        return ChiSquare.survival(statistic, degreesOfFreedom: Double(expected.count - 1))
    }

    /// The differences from control, at (policy - 1) * outcomes + outcome: control's error is in all of them.
    private static func differences(_ own: [PolicyMeans], outcomes m: Int) -> JointEstimates {
        let count = (own.count - 1) * m
        return JointEstimates(
            values: (0..<count).map { own[$0 / m + 1].means[$0 % m] - own[0].means[$0 % m] },
            covariance: DenseMatrix(rowCount: count, columnCount: count) { a, b in
                var shared = own[0].covariance[a % m][b % m]
                if a % m == b % m {
                    shared += own[a / m + 1].indexCovariance(a % m, with: own[b / m + 1], from: own[0])
                }
                return a / m == b / m ? own[a / m + 1].covariance[a % m][b % m] + shared : shared
            })
    }

    /// Differences from control on both sides. Control's own online error moves all points alike, which is the intercept's
    /// matter: control is the point at 0 with its own error, and each policy has its own.
    private static func line(_ j: Int, _ own: [PolicyMeans], _ plan: OnlinePlan) -> Line {
        let outcome = plan.outcomes[j].name
        func without(_ reason: String) -> Line { Line(outcome: outcome, line: nil, reason: reason) }
        guard plan.outcomes[j].isInLog else { return without("the log does not have \(outcome)") }
        var points: [YorkLine.Point] = []
        var noise: [Double] = []
        for (k, entry) in plan.policies.enumerated() {
            let promise = entry.offline.first { $0.outcome == outcome }
            guard k == 0 || promise != nil else { continue }
            // Tune has chosen the policies: what it says of them is too good.
            guard k == 0 || promise?.split == .confirm else { return without("\(entry.name) has no confirm estimate") }
            let error = promise.map { $0.standardError * $0.standardError } ?? 0
            if k > 0 { noise.append(error) }
            points.append(
                YorkLine.Point(
                    x: promise?.value ?? 0, xVariance: error, y: own[k].means[j] - own[0].means[j],
                    yVariance: own[k].variance(j)))
        }
        guard points.count >= YorkLine.leastPoints else {
            return without("a line takes \(YorkLine.leastPoints) policies, and there are \(points.count)")
        }
        let spread = Moments(points.map(\.x)).standardDeviation
        let error = (noise.reduce(0, +) / Double(noise.count)).squareRoot()
        guard error <= mostNoise * spread else {
            return without(
                "offline is too noisy for a line: its error is \(NumberText.significant(error, 2)), the policies differ by "
                    + NumberText.significant(spread, 2))
        }
        guard let line = try? YorkLine(points) else { return without("the policies do not differ") }
        return Line(outcome: outcome, line: line, reason: nil)
    }

    private static func finding(_ policies: [Policy], plan: OnlinePlan, sampleRatioP: Double) -> String {
        guard sampleRatioP >= sampleRatioAlarm else {
            return
                "the policies' counts do not fit their shares (\(NumberText.probabilityClause(sampleRatioP))): find out why "
                + "units were lost before trusting any of it"
        }
        let sign = plan.outcomes[0].direction.sign
        func isBetter(_ policy: Policy) -> Bool {
            guard let difference = policy.outcomes[0].difference else { return false }
            return sign > 0 ? difference.simultaneousLow > 0 : difference.simultaneousHigh < 0
        }
        func keeps(_ policy: Policy) -> Bool { policy.outcomes.allSatisfy { $0.limit != .outside } }
        func isSure(_ policy: Policy) -> Bool { policy.outcomes.allSatisfy { $0.limit ?? .inside == .inside } }
        let dominated = policies.filter { !$0.dominatedBy.isEmpty }.map(\.name)
        let left =
            dominated.isEmpty ? "" : "; \(dominated.joined(separator: ", ")) can be dropped, others beat them in all"
        let better = policies.filter { isBetter($0) && keeps($0) }.sorted { $0.probabilityBest > $1.probabilityBest }
        let objective = plan.outcomes[0].name
        if let sure = better.first(where: isSure) {
            return "\(sure.name) is surely better than control in \(objective) and keeps every limit: launch it with a "
                + "holdout, or repeat it first\(left)"
        }
        if let first = better.first {
            return
                "\(first.name) is surely better than control in \(objective), but its limits are not sure yet: repeat it"
                + left
        }
        return
            "no policy that keeps its limits is surely better than control in \(objective): try other policies or more "
            + "users\(left)"
    }
}
