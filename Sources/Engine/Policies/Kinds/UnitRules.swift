import Foundation
import Runtime

/// What divides units into groups that a policy treats alike.
package enum UnitRules: Sendable, Hashable {
    /// Groups are cohorts; those of none have the number after the last.
    case cohorts(CohortRules)
    /// Group 1 is targeted, group 0 is not.
    case ranking(RankingRules)

    /// Names the rules: the same rules have the same name in every study.
    package var id: String {
        switch self {
        case .cohorts(let rules): rules.id
        case .ranking(let rules): Self.digest(rules)
        }
    }

    static func digest(_ rules: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        // Numbers, texts and lists: encoding them cannot fail.
        let json = (try? encoder.encode(rules)) ?? Data()
        return String(SHA256.hexadecimal(of: json).prefix(32))
    }

    /// The group of every unit.
    /// - Parameters:
    ///   - columns: encoded covariates, in the order that the rules count them.
    ///   - keys: `StableHash.key` of each unit, or of its cluster.
    /// - Throws: `CancellationError`.
    package func groups(of columns: [[Float]], keys: [UInt64], context: RunContext) throws -> [UInt32] {
        switch self {
        case .cohorts(let rules): try rules.cohorts(of: columns, unitCount: keys.count, context: context)
        case .ranking(let rules): try rules.targeted(of: columns, keys: keys, context: context)
        }
    }
}
