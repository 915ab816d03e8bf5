import Runtime
import Synchronization

/// The cohorts of a table's units by the rules that divide them, and the draws that give a unit of a split cohort its arm.
/// Filled as rules are met, for some take the data to be read again.
package final class UnitCohorts: Sendable {
    private let known = Mutex<[String: (rules: CohortRules, cohorts: [UInt32])]>([:])
    /// `StableHash.key` of each unit, or of its cluster.
    private let keys: [UInt64]
    private let draw: SaltedDraw

    package init(keys: [UInt64], seed: UInt64) {
        self.keys = keys
        draw = SaltedDraw(seed: seed, salt: PolicyDocument.salts.cohortArm)
    }

    /// - Parameter rules: `CohortRules.id`.
    /// - Returns: the cohort of every unit of the table, tune and confirm; nil where the rules have not been met.
    package subscript(rules: String) -> [UInt32]? { known.withLock { $0[rules]?.cohorts } }

    package func rules(_ id: String) -> CohortRules? { known.withLock { $0[id]?.rules } }

    /// Everything that has been met, by the rules' ids.
    package var all: [(rules: CohortRules, cohorts: [UInt32])] {
        known.withLock { known in known.keys.sorted().compactMap { known[$0] } }
    }

    package func keep(_ cohorts: [UInt32], _ rules: CohortRules) {
        known.withLock { $0[rules.id] = (rules, cohorts) }
    }

    /// The arm that a unit draws, the same whenever and wherever it is drawn.
    func arm(of unit: Int, from shares: [Double]) -> UInt8 { UInt8(draw.index(keys[unit], of: shares)) }
}
