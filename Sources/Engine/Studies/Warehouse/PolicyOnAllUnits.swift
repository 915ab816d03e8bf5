import Effects
import Experiments
import Foundation
import Policies
import Runtime
import WarehouseSums
import Warehouses

/// A policy on all units of an engine, of which the study holds a sample.
///
/// The policy is written as a query, so that the engine says of every unit what it gets, and sums outcomes by that, by arm and by
/// part: all that the estimators need. Doubly robust estimates take what outcomes are expected to be from the means of the units that
/// get the same, drawn to the arms' (`CellNuisances`), since the learner's own expectations stay with the sample.
package struct PolicyOnAllUnits: Sendable {
    /// Rows are cells of units that the policy treats alike.
    package let table: PolicyTable
    private let shares: [[Double]]

    /// - Parameter log: is told the question.
    /// - Throws: `EspalierError` (.usage) where the study holds all its units, or for what cannot be had in SQL; what the engine
    ///   complains of; `CancellationError`.
    /// - Complexity: one pass over the units in the engine.
    package init(
        _ policy: Policy, knobs: PolicyKnobs, of study: Study, log: QueryLog? = nil, context: RunContext
    ) throws {
        let (description, space) = (study.description, study.space)
        guard let sample = description.spec.sample else {
            throw EspalierError(
                .usage, "the study holds all units there are, and no engine has more", file: study.file.path,
                remedy: "leave out --all-units")
        }
        var spec = description.spec
        (spec.engine, spec.sample) = (sample.engine, nil)
        let units = try WarehouseUnits(
            spec, folder: description.folder, arms: space.arms,
            outcomes: space.outcomes.map { .init(centre: $0.centre, scale: $0.scale) }, log: log, context: context)
        let document = try study.document(
            named: "policy", policy, knobs: knobs, holdout: 0, tool: "espalier", context: context)
        let query = try PolicyQuery(
            document, dialect: units.dialect, table: units.relation, unit: units.unitColumn)
        let cells = try query.cells(passing: units.columns)
        context.report(Progress(phase: "asking \(sample.engine.title)", done: 0, total: 1))
        let sums = try units.sums(of: cells.query, cellCount: cells.shares.count, context: context)
        shares = cells.shares
        let armCosts = study.units.scaledCosts(description)
        let contrasts = (space.armCount - 1) * space.outcomes.count
        let rows = cells.shares.count * PolicyCells.rowsPerCell
        table = PolicyTable(
            cells: PolicyCells(sums, armCosts: armCosts, shares: description.plannedShares),
            effects: EffectEstimates(
                armCount: space.armCount, outcomeCount: space.outcomes.count,
                columns: Array(repeating: Array(repeating: 0, count: cells.shares.count), count: contrasts)),
            armCosts: armCosts,
            unitGroups: UnitGroups(keys: (0..<rows).map { UInt64($0) }, seed: spec.splits.seed))
    }

    /// What the policy gives the rows that an evaluator looks at.
    /// - Throws: `EspalierError` (.data) where shares are none.
    package func probabilities(for rows: Range<Int>) throws -> ArmProbabilities {
        try ArmProbabilities(distributions: shares, indices: rows.map { UInt32($0 % shares.count) })
    }
}
