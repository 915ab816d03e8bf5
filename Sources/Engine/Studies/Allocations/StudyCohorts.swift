import Allocation
import Experiments
import Groups
import Policies

/// A study's units divided into cohorts, and the units that effects of cohorts may be estimated from.
package struct StudyCohorts: Sendable {
    package let rules: CohortRules
    /// The cohort of every unit, tune and confirm.
    package let cohortOf: [UInt32]
    /// Which cohorts share an estimate.
    let leaves: CohortLeaves
    /// Tune units that had no part in how the cohorts were found: an effect estimated from them is not chosen by its own noise.
    let isEstimating: [Bool]

    package var count: Int { rules.cohorts.count }
}

extension StudyCohorts {
    /// The cohorts merged from the study's trees. Their effects are estimated from the half that grew none of them.
    package static func merged(of study: Study) -> StudyCohorts {
        let (trees, rows) = (study.trees.trees, study.trees.cohorts.rows)
        let outcomes = study.space.outcomeCount
        let leafOf = (0..<outcomes).map { outcome in
            (1..<study.space.armCount).map { arm in
                rows.map { Int($0.leaves[(arm - 1) * outcomes + outcome]) }
            }
        }
        return StudyCohorts(
            rules: CohortRules(
                kind: "merged",
                trees: trees.map { tree in
                    RegionTree(
                        nodes: tree.nodes.map { RegionTree.Node(split: $0.split, left: $0.left, leaf: $0.leaf) })
                }, cohorts: rows.map(\.leaves), texts: rows.map(\.rule)),
            cohortOf: study.units.cohorts, leaves: CohortLeaves(leafOf: leafOf),
            isEstimating: study.isEstimating)
    }
}

extension Study {
    /// Whether each tune unit is in the half that estimates what the other half has grown.
    var isEstimating: [Bool] {
        SplitRule(description.spec.splits).estimation(Array(units.splitKeys[0..<description.tuneCount]))
    }
}
