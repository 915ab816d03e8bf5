import Experiments
import Foundation
import Online
import Policies
import Runtime
import Statistics

/// Plays the days after a launch: every day other members of the notification scenario get their arms by the policy file, the
/// held-out among them at random, and behave as online. A loss can be planted; nothing else differs then.
package struct LaunchRehearsal: Sendable {
    package let policy: PolicyDocument
    package let seed: UInt64
    private let scorer: PolicyScorer
    private let arms: [NotificationArm]

    /// - Throws: `EspalierError` (.usage) for a policy of another experiment than the bundled one.
    package init(_ policy: PolicyDocument, seed: UInt64) throws {
        self.policy = policy
        self.seed = seed
        scorer = PolicyScorer(policy)
        arms = try policy.arms.map { name in
            guard let arm = NotificationArm.allCases.first(where: { $0.name == name }) else {
                throw OnlineRehearsal.unknown("arm \(name)")
            }
            return arm
        }
        for column in policy.covariates where !RehearsedMember.covariates.contains(column.name) {
            throw OnlineRehearsal.unknown("covariate \(column.name)")
        }
    }

    /// - Parameters:
    ///   - days: at least one.
    ///   - users: of a day.
    ///   - loss: sessions that every member loses who is not held out.
    ///   - isAsLogged: whether effects are those of the log, so that nothing has drifted.
    /// - Returns: CSV with the columns of `online monitor`.
    /// - Throws: `CancellationError`.
    package func play(
        days: Int, users: Int, loss: Double, isAsLogged: Bool = false, context: RunContext
    ) throws -> [UInt8] {
        let count = days * users
        let natures = SaltedDraw(seed: seed, salt: "launch member")
        let chances = SaltedDraw(seed: seed, salt: "launch period")
        let members = (0..<count).map { row in
            var nature = RandomStream(seed: natures.bits(UInt64(row)))
            return RehearsedMember(id: "d\(seed)-\(row + 1)", NotificationMember(drawing: &nature))
        }
        let given = try scorer.assign(
            keys: members.map { StableHash.key($0.id) },
            covariates: try policy.covariates.map {
                RehearsedMember.encoded($0.name, try $0.encoding(), of: members)
            }, supplied: [], context: context)
        let shares = arms.indices.map { arm in Double(given.arms.count { Int($0) == arm }) / Double(max(1, count)) }
        var text = DelimitedText(reserving: count * 112)
        for name in [policy.assignment.unit ?? "unit", "day", "arm", "holdout"] { text.field(name) }
        for name in ["sessions", "clicks", "impressions", "disables"] + NotificationMember.columns { text.field(name) }
        text.endLine()
        for (row, member) in members.enumerated() {
            let arm = Int(given.arms[row])
            var chance = RandomStream(seed: chances.bits(UInt64(row)))
            let outcomes = NotificationOutcomes(
                of: member.expected(arms[arm], share: shares[arm], isAsLogged: isAsLogged), drawing: &chance)
            text.field(member.id)
            text.field(row / users + 1)
            text.field(policy.arms[arm])
            text.field(given.heldOut[row] ? 1 : 0)
            text.field(outcomes.sessions - (given.heldOut[row] ? 0 : loss), decimals: 1)
            text.field(outcomes.clicks)
            text.field(outcomes.impressions)
            text.field(outcomes.disables)
            member.member.write(to: &text)
            text.endLine()
        }
        return text.bytes
    }
}
