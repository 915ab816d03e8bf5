import Effects
import Experiments

/// Cohorts of one kind: who is in which, in what words, and the effects of every arm and outcome in them.
///
/// Whatever the kind, a cohort is a tuple of leaves of trees, one for each arm and outcome. Merged cohorts cross trees of
/// different shapes, so that several share a leaf and its estimate; the trees of joint and heuristic cohorts have one shape,
/// and each cohort is a leaf of its own.
package struct CohortGrouping: Sendable, Equatable {
    package let kind: CohortKind
    /// By `ContrastIndex.position`.
    package let trees: [CausalTree]
    package let covariates: [CovariateDescription]
    /// Rules, sizes, leaves and the leaves' estimates.
    package let table: CohortTable
    private let partition: CohortPartition

    /// - Parameter table: of these trees.
    package init(kind: CohortKind, trees: [CausalTree], covariates: [CovariateDescription], table: CohortTable) {
        precondition(table.leafEstimates.count == trees.count)
        self.kind = kind
        self.trees = trees
        self.covariates = covariates
        self.table = table
        partition = CohortPartition(tuples: table.rows.map(\.leaves), units: table.rows.map(\.units))
    }

    package var cohortCount: Int { table.rows.count }
    package var outcomeCount: Int { table.outcomeCount }
    package var armCount: Int { trees.count / max(1, outcomeCount) + 1 }

    /// By outcome and arm - 1: the leaf of every cohort. Cohorts of one leaf share one estimate.
    package var leafOf: [[[Int]]] {
        (0..<outcomeCount).map { outcome in
            (1..<armCount).map { arm in
                let tree = ContrastIndex(arm: arm, outcome: outcome).position(outcomeCount: outcomeCount)
                return table.rows.map { Int($0.leaves[tree]) }
            }
        }
    }

    /// The cohort of a point, or its tuple of leaves where no unit of the sample has it.
    /// - Parameter values: encoded covariate values, one per covariate.
    package func cohort(of values: [Float]) -> CohortPartition.Membership {
        partition.cohort(of: values, trees: trees)
    }

    /// The cohort of every unit that the cohorts were found from.
    /// - Complexity: O(units x trees of different shapes x depth).
    package func cohorts(of binned: BinnedCovariates) -> [UInt32] {
        let columns = leaves(of: binned)
        let merged = LeafTuples(columns, unitCount: binned.unitCount)
        let cohorts = merged.tuples.compactMap { partition.index(of: $0).map { UInt32($0) } }
        return merged.tupleOf.map { cohorts[Int($0)] }
    }

    /// The tuple of leaves of points.
    /// - Parameter columns: encoded covariate values, one column each.
    /// - Complexity: O(points x trees of different shapes x depth).
    package func tuples(of columns: [[Float]]) -> [[UInt16]] {
        let first = trees.map { tree in trees.firstIndex { $0.hasShape(of: tree) } ?? 0 }
        let walked = trees.indices.filter { first[$0] == $0 }
        var point = [Float](repeating: 0, count: columns.count)
        var tuple = [UInt16](repeating: 0, count: trees.count)
        return (columns.first ?? []).indices.map { unit in
            for (column, values) in columns.enumerated() { point[column] = values[unit] }
            for tree in walked { tuple[tree] = UInt16(trees[tree].leaf(of: point)) }
            for tree in trees.indices where first[tree] != tree { tuple[tree] = tuple[first[tree]] }
            return tuple
        }
    }

    /// The leaf of every unit, one column per tree; trees of one shape are walked once.
    private func leaves(of binned: BinnedCovariates) -> [[UInt16]] {
        var known: [[NodePath]: [UInt16]] = [:]
        return trees.map { tree in
            let paths = tree.leafPaths
            if let column = known[paths] { return column }
            let column = tree.leaves(of: binned)
            known[paths] = column
            return column
        }
    }
}

extension CausalTree {
    /// Whether the two divide units alike, node by node.
    fileprivate func hasShape(of other: CausalTree) -> Bool {
        nodes.count == other.nodes.count
            && zip(nodes, other.nodes).allSatisfy { $0.split == $1.split && $0.left == $1.left }
    }
}
