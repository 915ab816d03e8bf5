import Experiments
import Policies
import Runtime
import Texts

/// A round of an online test, as it is to be run: which policies, for whom, and what is to be measured (S1 section 2.2; METHODS
/// 8.1). Everything that `assign` needs to give units their policies and arms is in it.
package struct OnlinePlan: Sendable, Equatable {
    package static let kind = "online-plan"
    package static let currentVersion = 1
    /// The policy that gives everyone control.
    package static let controlID = "control"
    /// Under this name stand units of the slice, whose arms are drawn from the planned shares.
    package static let randomID = "random"

    package let version: Int
    /// Of the experiment.
    package let name: String
    /// Control first.
    package let arms: [String]
    package let outcomes: [Outcome]
    /// Control first.
    package let policies: [Entry]
    /// Wanted for each policy; where shares differ, on average.
    package let users: Int
    /// Share of the units whose arm is drawn from the planned shares.
    package let slice: Double
    package let assignment: Draws
    /// Of the tests that the sizes are for.
    package let power: Double
    package let provenance: PolicyDocument.Provenance

    /// What is measured in the round.
    package struct Outcome: Sendable, Equatable, Codable {
        package let name: String
        package let direction: Direction
        package let source: OutcomeSource
        package let missing: MissingRule?
        package let threshold: Threshold?
        /// By arm, in the outcome's unit; arms of no cost are left out.
        package let armCosts: [String: Double]
        /// Whether the log that the policies come from had it; long-term outcomes are known online alone.
        package let isInLog: Bool
        /// Standard deviation among the log's control units; nil where the log has none of it.
        package let spread: Double?
        /// Of an index of surrogates, by which results without the long-term outcome are read; nil for other outcomes.
        package let index: IndexRule?

        package init(
            name: String, direction: Direction, source: OutcomeSource, missing: MissingRule? = nil,
            threshold: Threshold? = nil, armCosts: [String: Double] = [:], isInLog: Bool, spread: Double? = nil,
            index: IndexRule? = nil
        ) {
            self.index = index
            self.name = name
            self.direction = direction
            self.source = source
            self.missing = missing
            self.threshold = threshold
            self.armCosts = armCosts
            self.isInLog = isInLog
            self.spread = spread
        }

        package var limit: LimitRule? { LimitRule(threshold, sign: direction.sign) }
    }

    /// A policy of the round.
    package struct Entry: Sendable, Equatable, Codable {
        /// What stands in files of results: `control`, the name of a candidate, or `arm-` and an arm's name.
        package let id: String
        /// For people.
        package let name: String
        /// Id of the candidate that it is in the study; nil for single arms.
        package let candidate: Int?
        /// Of the units that no slice takes; they sum to 1.
        package let share: Double
        /// The arm that everyone gets; nil where the policy decides.
        package let arm: String?
        package let policy: PolicyDocument?
        /// What the log promised; empty where nothing is known.
        package let offline: [Promise]

        package init(
            id: String, name: String, candidate: Int? = nil, share: Double, arm: String? = nil,
            policy: PolicyDocument? = nil, offline: [Promise] = []
        ) {
            self.id = id
            self.name = name
            self.candidate = candidate
            self.share = share
            self.arm = arm
            self.policy = policy
            self.offline = offline
        }

        /// The same for another share of the users.
        package func sharing(_ share: Double) -> Entry {
            Entry(
                id: id, name: name, candidate: candidate, share: share, arm: arm, policy: policy, offline: offline)
        }

        /// The same without its models, which weigh much and are not needed to read results.
        package var summary: Entry {
            Entry(id: id, name: name, candidate: candidate, share: share, arm: arm, offline: offline)
        }
    }

    /// What the log promised of a policy in an outcome: its difference from control.
    package struct Promise: Sendable, Equatable, Codable {
        package let outcome: String
        /// Units that it was estimated on.
        package let split: EvaluationSplit
        package let value: Double
        package let standardError: Double

        package init(outcome: String, split: EvaluationSplit, value: Double, standardError: Double) {
            self.outcome = outcome
            self.split = split
            self.value = value
            self.standardError = standardError
        }
    }

    /// By which draws units get policies and arms.
    package struct Draws: Sendable, Equatable, Codable {
        package let seed: UInt64
        /// Of the round: other salts make other groups of the same units.
        package let salt: String
        /// Planned shares by arm, which the slice draws from.
        package let shares: [String: Double]
        /// Column of the unit's id; nil where each row was one unit.
        package let unit: String?
        /// Column of the unit's cluster, whose key then stands for the unit's in every draw.
        package let cluster: String?

        package init(seed: UInt64, salt: String, shares: [String: Double], unit: String?, cluster: String?) {
            self.seed = seed
            self.salt = salt
            self.shares = shares
            self.unit = unit
            self.cluster = cluster
        }
    }

    /// - Throws: `EspalierError` (.data) for what no round can be run by.
    package init(
        name: String, arms: [String], outcomes: [Outcome], policies: [Entry], users: Int, slice: Double,
        assignment: Draws, power: Double, provenance: PolicyDocument.Provenance
    ) throws {
        version = Self.currentVersion
        self.name = name
        self.arms = arms
        self.outcomes = outcomes
        self.policies = policies
        self.users = users
        self.slice = slice
        self.assignment = assignment
        self.power = power
        self.provenance = provenance
        try check()
    }

    private init(_ plan: OnlinePlan, policies: [Entry]) {
        version = plan.version
        name = plan.name
        arms = plan.arms
        outcomes = plan.outcomes
        self.policies = policies
        users = plan.users
        slice = plan.slice
        assignment = plan.assignment
        power = plan.power
        provenance = plan.provenance
    }

    /// The same without the policies' models: what reads results, and what a study keeps.
    package var summary: OnlinePlan { OnlinePlan(self, policies: policies.map(\.summary)) }

    /// Units that give the policies their users.
    package var unitCount: Int { Int((Double(users * policies.count) / (1 - slice)).rounded(.up)) }

    /// Planned shares in the order of the arms.
    package var plannedShares: [Double] { arms.map { assignment.shares[$0] ?? 0 } }

    /// - Throws: `EspalierError` (.data).
    func check() throws {
        func malformed(_ message: String) -> EspalierError {
            EspalierError(.data, message, remedy: "plan the round again with `espalier online plan`")
        }
        guard (2...255).contains(arms.count), Set(arms).count == arms.count else {
            throw malformed("arms must be at least two different names")
        }
        guard !outcomes.isEmpty, Set(outcomes.map(\.name)).count == outcomes.count else {
            throw malformed("outcomes must be at least one, with different names")
        }
        let ids = policies.map(\.id)
        guard policies.count >= 2, Set(ids).count == ids.count, ids[0] == Self.controlID, !ids.contains(Self.randomID)
        else { throw malformed("policies must be control and at least one other, with different ids") }
        guard (0..<1).contains(slice), users > 0 else { throw malformed("slice must lie in 0..<1 and users above 0") }
        let shares = policies.map(\.share)
        guard shares.allSatisfy({ $0 > 0 && $0 <= 1 }), abs(shares.reduce(0, +) - 1) < 1e-9 else {
            throw malformed("the shares of the policies are not above 0, 1 together")
        }
        guard plannedShares.allSatisfy({ $0.isFinite && $0 >= 0 }), plannedShares.reduce(0, +) > 0 else {
            throw malformed("assignment.shares are no shares of the arms")
        }
        for entry in policies {
            if let arm = entry.arm, !arms.contains(arm) {
                throw malformed("the policy \(DisplayText.quoted(entry.id)) gives an arm that there is not")
            }
            if let policy = entry.policy, policy.arms != arms {
                throw malformed("the policy \(DisplayText.quoted(entry.id)) has other arms than the plan")
            }
        }
    }
}
