import Effects
import Experiments
import Groups
import Runtime
import WarehouseSums

/// The cohorts of units in a warehouse, merged and of one tree, and the sums of the cells in which they cross.
struct CohortCells {
    let trees: StudyTrees
    let cells: StudyCells
    /// What was done to keep the cells few, a sentence each.
    let notes: [String]

    /// More cells than this are neither read nor evaluated within a frame: the weakest splits of merged trees go first.
    static let most = 10_000

    /// - Parameters:
    ///   - merged: trees of every arm and outcome.
    ///   - joint: the one tree, with the effects of every arm and outcome.
    /// - Throws: `EspalierError`; `CancellationError`.
    init(
        merged: [CausalTree], joint: [CausalTree], _ experiment: WarehouseExperiment, most: Int = CohortCells.most,
        context: RunContext
    ) throws {
        let single = joint.first.map { [$0.leafPaths] } ?? []
        var grown = merged
        var provider = experiment.sums
        let shapes = Shapes(grown)
        var crossed = try provider.cellSums(crossing: shapes.paths + single, context: context)
        var notes: [String] = []
        if crossed.tuples.count > most {
            grown = CohortCap(most: most).prune(
                grown, tuples: crossed.tuples.map { shapes.tuple($0) }, beside: crossed.tuples.map { $0.last ?? 0 })
            crossed = try provider.cellSums(crossing: Shapes(grown).paths + single, context: context)
            notes = ["the trees were pruned further, to \(crossed.tuples.count) cells: more than \(most) are too many"]
        }
        let own = Shapes(grown)
        let tuples = crossed.tuples.map { own.tuple($0) }
        let leaves = crossed.tuples.map { $0.last ?? 0 }
        let outcomes = experiment.outline.outcomes.count
        func shares(_ trees: [CausalTree]) throws -> CutShares {
            try CutShares(trees, &provider, codes: provider.codes, context: context)
        }
        let cuts = try shares(grown)
        let table = Self.table(tuples, grown, crossed.sums, experiment, cuts)
        let jointTable = Self.table(
            leaves.map { leaf in joint.map { _ in leaf } }, joint, crossed.sums, experiment, try shares(joint))
        trees = StudyTrees(
            trees: grown, covariates: experiment.covariates, cohorts: table.table,
            joint: StudyTrees.Joint(trees: joint, table: jointTable.table), shares: cuts)
        self.notes = notes
        cells = StudyCells(
            sums: crossed.sums, cohorts: table.of, jointCohorts: jointTable.of,
            effects: grown.indices.map { tree in
                let outcome = experiment.outline.outcomes[tree % outcomes]
                let estimates = grown[tree].leaves.map(\.estimate.effect)
                return tuples.map {
                    Float((estimates[Int($0[tree])] + grown[tree].addedCost) / outcome.scale)
                }
            })
    }

    /// The cohorts of tuples of leaves, and the cohort of each cell.
    private static func table(
        _ tuples: [[UInt16]], _ trees: [CausalTree], _ sums: CellSums, _ experiment: WarehouseExperiment,
        _ shares: CutShares
    ) -> (table: CohortTable, of: [UInt32]) {
        let tune: Set<UnitPart> = [.growing, .pruning, .estimating]
        var counts: [[UInt16]: Double] = [:]
        for (cell, tuple) in tuples.enumerated() { counts[tuple, default: 0] += sums.units(cell: cell, parts: tune) }
        let order = counts.keys.sorted { a, b in
            let (own, other) = (counts[a] ?? 0, counts[b] ?? 0)
            return own != other ? own > other : a.lexicographicallyPrecedes(b)
        }
        let partition = CohortPartition(tuples: order, units: order.map { Int(counts[$0] ?? 0) })
        return (
            CohortTable(
                partition, trees: trees, covariates: experiment.covariates,
                outcomeCount: experiment.outline.outcomes.count, shares: shares),
            tuples.map { UInt32(partition.index(of: $0) ?? 0) }
        )
    }

    /// Trees of one shape are crossed once.
    private struct Shapes {
        var paths: [[NodePath]] = []
        private var shapeOf: [Int] = []

        init(_ trees: [CausalTree]) {
            for tree in trees {
                let own = tree.leafPaths
                let known = paths.firstIndex(of: own) ?? paths.count
                if known == paths.count { paths.append(own) }
                shapeOf.append(known)
            }
        }

        /// The leaf of every tree, of the leaves of the shapes.
        func tuple(_ shapes: [UInt16]) -> [UInt16] { shapeOf.map { shapes[$0] } }
    }
}
