import Online
import Policies
import Runtime
import Statistics

/// How the users of a round are shared among its policies (METHODS 8.6). Each round is a batch: its own control stands beside its
/// policies, so that shares that follow earlier rounds do not mix with a change of level between them.
package enum ShareRule: Sendable, Hashable, Codable {
    /// Policies get users as they are likely to be the best, none less than a floor.
    case thompson
    /// The best by what is known gets all users but this share, which all policies divide equally.
    case epsilon(Double)

    private static let usualEpsilon = 0.1

    /// As it is typed.
    package var text: String {
        switch self {
        case .thompson: "thompson"
        case .epsilon(let share): "epsilon:\(share)"
        }
    }

    /// - Parameter text: `thompson`, `epsilon` or `epsilon:0.2`.
    /// - Throws: `EspalierError` (.usage) for what is none.
    package init(_ text: String) throws {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        switch (parts[0], parts.count == 2 ? Double(parts[1]) : Self.usualEpsilon) {
        case ("thompson", _) where parts.count == 1: self = .thompson
        case ("epsilon", let share?) where share > 0 && share <= 1: self = .epsilon(share)
        default:
            throw EspalierError(
                .usage, "--explore \(text) says nothing to share users by",
                remedy: "write --explore thompson, or --explore epsilon:0.1 with a share above 0 and up to 1")
        }
    }
}

extension Study {
    /// The users' shares of a plan's policies.
    /// - Parameters:
    ///   - entries: control first; their shares are not read.
    ///   - seed: of Thompson's draws.
    /// - Throws: `EspalierError`: (.check) a policy of which neither rounds nor the log know anything.
    func shares(
        of entries: [OnlinePlan.Entry], by rule: ShareRule?, seed: UInt64
    ) throws -> [Double] {
        guard let rule else { return entries.map { _ in 1 / Double(entries.count) } }
        let utilities = try utilities(of: entries)
        switch rule {
        case .thompson: return ThompsonShares(utilities, seed: seed).shares
        case .epsilon(let share):
            var best = (entry: 0, utility: 0.0)
            // Ties go to the earlier policy.
            for (index, utility) in utilities.values.enumerated() where utility > best.utility {
                best = (index + 1, utility)
            }
            let equal = share / Double(entries.count)
            return entries.indices.map { $0 == best.entry ? 1 - share + equal : equal }
        }
    }

    /// What is known of the policies after control: differences from it in the objective, which is the utility of the canonical
    /// weights, from the rounds that tested them, else as the log promised.
    private func utilities(of entries: [OnlinePlan.Entry]) throws -> JointEstimates {
        let objective = space.outcomes[0]
        let tests = try file.rounds(in: self).compactMap { RoundUtilities($0, objective) }
        let known = try entries.dropFirst().map { entry -> PolicyUtility in
            if let known = PolicyUtility(entry, tests: tests)
                ?? PolicyUtility(promised: entry, objective, tests: tests.count)
            {
                return known
            }
            throw EspalierError(
                .check, "nothing is known of \(entry.name), so no share can follow from it", file: file.path,
                remedy: "plan the first round with equal shares")
        }
        return JointEstimates(
            values: known.map(\.value),
            covariance: DenseMatrix(rowCount: known.count, columnCount: known.count) { a, b in
                // What two policies share is the control of the rounds that tested both.
                let shared = tests.indices.reduce(0.0) { sum, test in
                    sum + known[a].shares[test] * known[b].shares[test] * tests[test].controlVariance
                }
                return shared + (a == b ? known[a].ownVariance : 0)
            })
    }
}

/// What a round says of its policies in the objective, oriented so that more is better.
private struct RoundUtilities {
    struct Tested {
        let users: Double
        /// From the round's control.
        let difference: Double
        /// Of the policy's own mean.
        let variance: Double
    }

    let controlVariance: Double
    let policies: [String: Tested]

    /// - Returns: nil for a round that lacks the objective or control.
    init?(_ round: RoundRecord, _ objective: PolicySpace.Outcome) {
        guard let place = round.plan.outcomes.firstIndex(where: { $0.name == objective.name }),
            let control = round.means(of: round.plan.policies[0])
        else { return nil }
        controlVariance = control.variance(place)
        policies = Dictionary(
            round.means.map { means in
                let difference = objective.sign * (means.means[place] - control.means[place])
                return (
                    means.policy,
                    Tested(users: Double(means.users), difference: difference, variance: means.variance(place))
                )
            }
        ) { first, _ in first }
    }
}

/// What is known of one policy in the objective.
private struct PolicyUtility {
    let value: Double
    /// What it does not share with other policies.
    let ownVariance: Double
    /// Of each round in the value.
    let shares: [Double]

    /// From the rounds that tested it, each by its users.
    init?(_ entry: OnlinePlan.Entry, tests: [RoundUtilities]) {
        let own = tests.map { $0.policies[entry.id] }
        let users = own.reduce(0) { $0 + ($1?.users ?? 0) }
        guard users > 0 else { return nil }
        let shares = own.map { ($0?.users ?? 0) / users }
        self.shares = shares
        value = zip(shares, own).reduce(0) { $0 + $1.0 * ($1.1?.difference ?? 0) }
        ownVariance = zip(shares, own).reduce(0) { $0 + $1.0 * $1.0 * ($1.1?.variance ?? 0) }
    }

    init?(promised entry: OnlinePlan.Entry, _ objective: PolicySpace.Outcome, tests: Int) {
        guard let promise = entry.offline.first(where: { $0.outcome == objective.name }) else { return nil }
        shares = Array(repeating: 0, count: tests)
        value = objective.sign * promise.value
        ownVariance = promise.standardError * promise.standardError
    }
}
