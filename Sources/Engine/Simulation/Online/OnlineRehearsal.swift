import Experiments
import Foundation
import Online
import Runtime
import Statistics

/// Plays the users of a round: new members of the notification scenario get their policies and arms by a plan, and behave as in
/// the log, but for what a log does not show (METHODS section 8). Effects are attenuated, a new arm wears off the more the more
/// members get it, and long-term outcomes follow sessions in part only: disables count against them.
package struct OnlineRehearsal: Sendable {
    /// What is left online of an effect in the log.
    static let attenuation = 0.6
    /// Sessions a week that an arm loses for each share of the members that get it.
    static let novelty = 0.06

    package let plan: OnlinePlan
    package let seed: UInt64
    private let scorer: PlanScorer
    private let arms: [NotificationArm]

    /// What was played.
    package struct Played: Sendable {
        /// CSV with the columns of `online read`.
        package let bytes: [UInt8]
        /// Mean of what is expected of each policy's members, by policy and then by outcome of the plan; a ratio is that of the
        /// means.
        package let truth: [String: [String: Double]]
    }

    /// - Throws: `EspalierError` (.usage) for a plan of another experiment than the bundled one.
    package init(_ plan: OnlinePlan, seed: UInt64) throws {
        self.plan = plan
        self.seed = seed
        scorer = PlanScorer(plan)
        arms = try plan.arms.map { name in
            guard let arm = NotificationArm.allCases.first(where: { $0.name == name }) else {
                throw Self.unknown("arm \(name)")
            }
            return arm
        }
        for column in try scorer.inputs().covariates where !RehearsedMember.covariates.contains(column.name) {
            throw Self.unknown("covariate \(column.name)")
        }
        for outcome in plan.outcomes where outcome.isInLog && RehearsedMember.outcomes[outcome.name] == nil {
            throw Self.unknown("outcome \(outcome.name)")
        }
    }

    static func unknown(_ what: String) -> EspalierError {
        EspalierError(
            .usage, "a rehearsal knows the notification scenario, which has no \(what)",
            remedy:
                "plan a round, or launch a policy, of a study of the bundled sample, or of `espalier simulate notifications`"
        )
    }

    /// - Parameter units: nil plays as many as the plan takes.
    /// - Throws: `CancellationError`.
    package func play(units: Int? = nil, context: RunContext) throws -> Played {
        let count = units ?? plan.unitCount
        let natures = SaltedDraw(seed: seed, salt: "rehearsal member")
        let chances = SaltedDraw(seed: seed, salt: "rehearsal period")
        let members = (0..<count).map { row in
            var nature = RandomStream(seed: natures.bits(UInt64(row)))
            return RehearsedMember(id: "s\(seed)-\(row + 1)", NotificationMember(drawing: &nature))
        }
        let covariates = try scorer.inputs().covariates.map { column in
            (column.name, RehearsedMember.encoded(column.name, column.encoding, of: members))
        }
        let given = try scorer.assign(
            keys: members.map { StableHash.key($0.id) }, covariates: Dictionary(covariates) { first, _ in first },
            supplied: [:], context: context)
        let shares = plan.arms.indices.map { arm in
            Double(given.arms.count { Int($0) == arm }) / Double(max(1, count))
        }
        let later = plan.outcomes.filter { !$0.isInLog }
        var text = DelimitedText(reserving: count * 64)
        for name in [plan.assignment.unit ?? "unit", "policy", "arm", "sessions", "clicks", "impressions", "disables"] {
            text.field(name)
        }
        for outcome in later { text.field(outcome.name) }
        for name in NotificationMember.columns { text.field(name) }
        text.endLine()
        var sums: [String: [Double]] = [:]
        for (row, member) in members.enumerated() {
            let arm = Int(given.arms[row])
            let policy = given.policies[row].map { plan.policies[$0].id } ?? OnlinePlan.randomID
            let expected = member.expected(arms[arm], share: shares[arm])
            var chance = RandomStream(seed: chances.bits(UInt64(row)))
            let outcomes = NotificationOutcomes(of: expected, drawing: &chance)
            let staying = member.staying(under: expected)
            text.field(member.id)
            text.field(policy)
            text.field(plan.arms[arm])
            text.field(outcomes.sessions, decimals: 1)
            text.field(outcomes.clicks)
            text.field(outcomes.impressions)
            text.field(outcomes.disables)
            for outcome in later {
                let stays = chance.bernoulli(staying)
                text.field(stays == (outcome.direction == .maximize) ? 1 : 0)
            }
            member.member.write(to: &text)
            text.endLine()
            let terms = [expected.sessions, expected.clicks, expected.impressions, expected.disables, staying, 1]
            sums[policy] = sums[policy].map { zip($0, terms).map { $0 + $1 } } ?? terms
        }
        return Played(bytes: text.bytes, truth: sums.mapValues(truth))
    }

    /// - Parameter sums: of sessions, clicks, impressions, disables, the probability to stay, and members.
    private func truth(_ sums: [Double]) -> [String: Double] {
        var result: [String: Double] = [:]
        for outcome in plan.outcomes {
            switch RehearsedMember.outcomes[outcome.name] {
            case .sessions?: result[outcome.name] = sums[0] / sums[5]
            case .clickRate?: result[outcome.name] = sums[1] / sums[2]
            case .disables?: result[outcome.name] = sums[3] / sums[5]
            case nil:
                let staying = sums[4] / sums[5]
                result[outcome.name] = outcome.direction == .maximize ? staying : 1 - staying
            }
        }
        return result
    }
}
