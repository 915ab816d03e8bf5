import Policies
import Runtime

/// How much of its units a policy gives up to learning, as it is asked for at export.
package struct ExplorationRule: Sendable, Hashable, Codable {
    package let kind: PolicyDocument.ExplorationEntry.Kind
    /// Of the units that are not held out.
    package let share: Double
    /// Seconds after which units draw again; nil: never.
    package let period: Int?

    /// - Parameters:
    ///   - text: `epsilon:0.05` or `thompson:0.1`.
    ///   - period: a number with its unit, as `7d`, `12h` or `30m`.
    /// - Throws: `EspalierError` (.usage) for what is none.
    package init(_ text: String, period: String? = nil) throws {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2, let kind = PolicyDocument.ExplorationEntry.Kind(rawValue: parts[0]),
            let share = Double(parts[1]), share.isFinite
        else {
            throw EspalierError(
                .usage, "--explore \(text) says nothing to explore by",
                remedy:
                    "write --explore epsilon:0.05 (arms by the planned shares) or thompson:0.05 (the likely best more often)"
            )
        }
        guard share > 0, share <= 1 else {
            throw EspalierError(
                .usage, "the share \(share) of --explore is not above 0 and up to 1",
                remedy: "give the part of the units that explore, as epsilon:0.05")
        }
        self.kind = kind
        self.share = share
        self.period = try period.map(Self.seconds)
    }

    private static let units: [Character: Int] = ["m": 60, "h": 3_600, "d": 86_400, "w": 604_800]

    private static func seconds(_ text: String) throws -> Int {
        guard let unit = text.last.flatMap({ units[$0] }), let number = Int(text.dropLast()),
            (1...10_000).contains(number)
        else {
            throw EspalierError(
                .usage, "--period \(text) is no time", remedy: "write a whole number with m, h, d or w, as --period 7d")
        }
        return number * unit
    }
}

extension Study {
    /// The exploration of a policy's file.
    /// - Parameter weights: of the canonical policy, which the arms compete by under Thompson shares.
    /// - Throws: `EspalierError` (.check) where the arms' utilities have no error to draw from.
    func entry(
        _ rule: ExplorationRule, weights: [Double], context: RunContext
    ) throws -> PolicyDocument.ExplorationEntry {
        let shares: [Double]
        switch rule.kind {
        case .epsilon:
            let total = description.plannedShares.reduce(0, +)
            shares = description.plannedShares.map { $0 / total }
        case .thompson:
            let evaluator = try workspace.evaluator(.tune, workers: context.workers)
            guard let found = evaluator.thompsonShares(weights: weights, seed: description.spec.splits.seed) else {
                throw EspalierError(
                    .check, "nothing is known of how uncertain the arms are", remedy: "explore by epsilon instead")
            }
            shares = found.shares
        }
        return PolicyDocument.ExplorationEntry(
            kind: rule.kind, share: rule.share,
            shares: Dictionary(zip(space.arms, shares)) { first, _ in first }, period: rule.period)
    }
}
