import Runtime
import Synchronization

/// The groups of a table's units by the rules that divide them, and the draws that give a unit of a split group its arm.
/// Filled as rules are met, for some take the data to be read again.
package final class UnitGroups: Sendable {
    private let known = Mutex<[String: (rules: UnitRules, groups: [UInt32])]>([:])
    /// Of each unit, or of its cluster, by the rule of the splits.
    private let keys: [UInt64]
    private let draw: SaltedDraw

    package init(keys: [UInt64], seed: UInt64) {
        self.keys = keys
        draw = SaltedDraw(seed: seed, salt: PolicyDocument.salts.cohortArm)
    }

    /// - Parameter rules: `UnitRules.id`.
    /// - Returns: the group of every unit of the table, tune and confirm; nil where the rules have not been met.
    package subscript(rules: String) -> [UInt32]? { known.withLock { $0[rules]?.groups } }

    package func cohorts(_ id: String) -> CohortRules? {
        if case .cohorts(let rules) = known.withLock({ $0[id]?.rules }) { rules } else { nil }
    }

    package func ranking(_ id: String) -> RankingRules? {
        if case .ranking(let rules) = known.withLock({ $0[id]?.rules }) { rules } else { nil }
    }

    /// Everything that has been met, by the rules' ids.
    package var all: [(rules: UnitRules, groups: [UInt32])] {
        known.withLock { known in known.keys.sorted().compactMap { known[$0] } }
    }

    package func keep(_ groups: [UInt32], _ rules: UnitRules) {
        known.withLock { $0[rules.id] = (rules, groups) }
    }

    /// The arm that a unit draws, the same whenever and wherever it is drawn.
    func arm(of unit: Int, from shares: [Double]) -> UInt8 { UInt8(draw.index(keys[unit], of: shares)) }
}
