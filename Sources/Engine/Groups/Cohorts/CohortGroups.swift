import Effects
import Experiments

/// Merged cohorts in few groups: cohorts with the same leaves where it matters are one group.
///
/// What matters least is taken back first: of all trees the splits whose children differ least by their errors stop
/// splitting (`CohortCap`), until few enough combinations of leaves remain. A group's effects are those of the nodes it
/// lies in, estimated from the half that chose no split, as leaves' are.
package struct CohortGroups: Sendable, Equatable {
    /// The groups as cohorts of the trees pruned, the largest first.
    package let grouping: CohortGrouping
    /// The group (from 0) of each merged cohort.
    package let groupOf: [Int]

    /// Rules, sizes and effects.
    package var table: CohortTable { grouping.table }

    /// As many as are read at a glance.
    package static let most = 12

    /// - Parameters:
    ///   - most: groups at most; fewer where the trees' splits cannot be divided so.
    ///   - shares: of the trees' thresholds, for rules in words.
    /// - Complexity: O(cohorts x trees x log splits).
    package init(_ merged: CohortGrouping, atMost most: Int = most, shares: CutShares? = nil) {
        precondition(most > 0)
        let rows = merged.table.rows
        let (trees, tuples) = CohortCap(most: most).group(merged.trees, tuples: rows.map(\.leaves))
        var units: [[UInt16]: Int] = [:]
        for (row, tuple) in zip(rows, tuples) { units[tuple, default: 0] += row.units }
        let order = units.keys.sorted { a, b in
            let (own, other) = (units[a] ?? 0, units[b] ?? 0)
            return own != other ? own > other : a.lexicographicallyPrecedes(b)
        }
        let partition = CohortPartition(tuples: order, units: order.map { units[$0] ?? 0 })
        grouping = CohortGrouping(
            kind: .merged, trees: trees, covariates: merged.covariates,
            table: CohortTable(
                partition, trees: trees, covariates: merged.covariates, outcomeCount: merged.outcomeCount,
                shares: shares))
        groupOf = tuples.map { partition.index(of: $0) ?? 0 }
    }

    /// The merged cohorts (from 0) of a group.
    package func cohorts(of group: Int) -> [Int] { groupOf.indices.filter { groupOf[$0] == group } }
}
