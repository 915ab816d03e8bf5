import Allocation
import Effects
import Experiments
import Groups
import Policies
import Runtime

/// A study's units divided into cohorts, and the units that effects of cohorts may be estimated from.
package struct StudyCohorts: Sendable {
    package let rules: CohortRules
    /// The cohort of every unit, tune and confirm; of every row of the policy table where units stay in a warehouse.
    package let cohortOf: [UInt32]
    /// Which cohorts share an estimate.
    let leaves: CohortLeaves
    /// Tune units that had no part in how the cohorts were found: an effect estimated from them is not chosen by its own noise.
    let isEstimating: [Bool]

    package var count: Int { rules.cohorts.count }
}

extension StudyCohorts {
    /// - Parameter isEstimating: of every tune unit.
    init(_ grouping: CohortGrouping, cohortOf: [UInt32], isEstimating: [Bool]) {
        // Trees of one shape tell the same regions apart: one of them is enough.
        var shapes: [RegionTree] = []
        let shapeOf = grouping.trees.map { tree in
            let regions = RegionTree(
                nodes: tree.nodes.map { RegionTree.Node(split: $0.split, left: $0.left, leaf: $0.leaf) })
            if let known = shapes.firstIndex(of: regions) { return known }
            shapes.append(regions)
            return shapes.count - 1
        }
        let first = shapes.indices.compactMap { shape in shapeOf.firstIndex(of: shape) }
        let rows = grouping.table.rows
        self.init(
            rules: CohortRules(
                kind: grouping.kind.description, trees: shapes,
                cohorts: rows.map { row in first.map { row.leaves[$0] } },
                texts: rows.map(\.rule)),
            cohortOf: cohortOf, leaves: CohortLeaves(leafOf: grouping.leafOf), isEstimating: isEstimating)
    }
}

extension Study {
    /// The study's units divided as a kind of cohorts says. Heuristic ones, and joint ones in studies of earlier versions, take
    /// the data to be read again.
    /// - Throws: `EspalierError` (.usage) for a covariate that is not there; what reading throws; `CancellationError`.
    package func cohorts(of kind: CohortKind, _ context: RunContext) throws -> StudyCohorts {
        let (grouping, cohortOf) = try grouping(of: kind, context)
        // Cells of quantiles are nobody's choice by outcome, so that every tune unit may estimate; the rest is estimated by
        // the half that grew no tree.
        let isEstimating =
            switch kind {
            case .merged, .joint: isEstimating
            case .heuristic: Array(repeating: true, count: description.tuneCount)
            }
        return StudyCohorts(grouping, cohortOf: cohortOf, isEstimating: isEstimating)
    }

    /// The cohorts of a kind with the leaves' effects, and the cohort (from 0) of every unit.
    /// - Throws: as `cohorts(of:)`.
    package func grouping(of kind: CohortKind, _ context: RunContext) throws -> (CohortGrouping, of: [UInt32]) {
        if let own = ownGrouping(of: kind) { return own }
        try requireUnits(for: "dividing the units into \(kind) cohorts")
        let experiment = try readExperiment(context: context)
        return try CohortGrouping.find(
            kind, experiment, binned: BinnedCovariates(experiment, context: context),
            settings: TreeSettings(description.spec), context: context)
    }

    /// The same of the cohorts that the study keeps; nil for others.
    private func ownGrouping(of kind: CohortKind) -> (CohortGrouping, of: [UInt32])? {
        if kind == .merged { return (trees.merged, units.cohorts) }
        guard kind == .joint, let joint = trees.jointCohorts, let cohortOf = units.jointCohorts else { return nil }
        return (joint, cohortOf)
    }

    /// The cohorts that the study keeps; nil for others.
    func ownCohorts(of kind: CohortKind) -> StudyCohorts? {
        ownGrouping(of: kind).map { StudyCohorts($0.0, cohortOf: $0.of, isEstimating: isEstimating) }
    }

    /// Whether each tune unit is in the half that estimates what the other half has grown.
    var isEstimating: [Bool] {
        if let cells = units.cells { return PolicyCells.isEstimating(cellCount: cells.sums.cellCount) }
        return SplitRule(description.spec.splits).estimation(Array(units.splitKeys[0..<description.tuneCount]))
    }
}
