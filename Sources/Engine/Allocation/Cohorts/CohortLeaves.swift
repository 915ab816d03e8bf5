/// Which leaf of the tree of each arm and outcome every cohort lies in (a merged cohort is a tuple of leaves).
package struct CohortLeaves: Sendable, Equatable {
    /// By outcome and arm - 1: the leaf of every cohort, numbered from 0.
    package let leafOf: [[[Int]]]

    package init(leafOf: [[[Int]]]) { self.leafOf = leafOf }

    /// Every cohort is its own leaf, as heuristic cohorts and those of one joint tree are.
    package init(cohorts: Int, arms: Int, outcomes: Int) {
        leafOf = Array(repeating: Array(repeating: Array(0..<cohorts), count: arms - 1), count: outcomes)
    }

    /// The cohorts of every leaf.
    func members(outcome: Int, arm: Int) -> [[Int]] {
        let leaves = leafOf[outcome][arm - 1]
        var members = [[Int]](repeating: [], count: (leaves.max() ?? -1) + 1)
        for (cohort, leaf) in leaves.enumerated() { members[leaf].append(cohort) }
        return members
    }
}
