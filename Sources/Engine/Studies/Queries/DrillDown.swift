import Effects
import Experiments
import Foundation
import Groups
import Runtime

/// Tune units divided by one or two covariates, with the effect of every arm on every outcome in each cell.
///
/// Cells are cut as in `EffectDrillDown`, which asks one arm and outcome more: here every pair stands side by side, and units
/// outside tune have a cell too, so that policies can be summed by cell. The cells are the analyst's, not the data's, so every
/// tune unit counts; intervals are not adjusted for how many cells are looked at.
package struct DrillDown: Sendable, Equatable {
    package struct Cell: Sendable, Equatable {
        package let rule: String
        package let units: Int
        package let share: Double
        /// At (arm - 1) * outcomes + outcome; nil where an arm has fewer than two units.
        package let effects: [MeanDifference?]
    }

    package let covariates: [String]
    package let cells: [Cell]
    /// The cell of every unit of the study, tune and confirm; none where units stay in a warehouse.
    package let cellOf: [UInt32]
}

/// Crosses one or two covariates; numeric ones are cut at the quartiles of the tune units. The data are read again; where units stay
/// in a warehouse, the engine is asked for the sums of the cells, which are cut in its sample.
package struct CrossCovariates: StudyQuery {
    package static let needsUnits = false

    package let names: [String]

    package init(_ names: [String]) { self.names = names }

    /// - Throws: `EspalierError` (.usage) for a covariate that is not there, (.data) where the data have changed.
    /// - Complexity: reads the data file.
    package func run(_ study: Study, _ context: RunContext) throws -> DrillDown {
        let known = study.description.covariates.map(\.name)
        for name in names where !known.contains(name) {
            throw EspalierError(
                .usage, "there is no covariate \(name)", remedy: "name one or two of \(known.joined(separator: ", "))")
        }
        guard (1...2).contains(names.count), Set(names).count == names.count else {
            throw EspalierError(.usage, "a drill-down takes one or two different covariates")
        }
        if study.engine != nil { return try asked(of: study, context) }
        let experiment = try study.readExperiment(context: context)
        let crossed = try CrossedDimensions(
            experiment, covariates: names.compactMap { known.firstIndex(of: $0) }, units: 0..<experiment.unitCount,
            counting: experiment.tune, context: context)
        return DrillDown(crossed, of: study)
    }
}

extension DrillDown {
    init(_ crossed: CrossedDimensions, of study: Study) {
        let tune = 0..<study.description.tuneCount
        var counts = [Int](repeating: 0, count: crossed.cellCount)
        for unit in tune { counts[Int(crossed.cellOf[unit])] += 1 }
        // Cells without tune units have nothing to show; the rest keep the order of their groups.
        let kept = counts.indices.filter { counts[$0] > 0 }
        var place = [UInt32](repeating: UInt32(kept.count), count: crossed.cellCount)
        for (row, cell) in kept.enumerated() { place[cell] = UInt32(row) }
        let cellOf = crossed.cellOf.map { place[Int($0)] }
        let sums = GroupSums(
            groups: cellOf, groupCount: kept.count, units: tune, assignment: study.units.assignment,
            armCount: study.space.armCount, outcomes: study.units.observed, propensity: study.varyingPropensity)
        let total = Double(max(1, tune.count))
        self.init(
            covariates: crossed.dimensions.map(\.name),
            cells: kept.enumerated().map { row, cell in
                DrillDown.Cell(
                    rule: crossed.labels(of: cell).joined(separator: " and "), units: counts[cell],
                    share: Double(counts[cell]) / total, effects: Self.effects(sums, row, study))
            }, cellOf: cellOf)
    }

    static func effects(_ sums: GroupSums, _ row: Int, _ study: Study) -> [MeanDifference?] {
        let (space, costs) = (study.space, study.description.armCosts)
        return (1..<space.armCount).flatMap { arm in
            space.outcomes.indices.map { j in
                let effect = sums.effect(
                    in: [row], arm: arm, outcome: j, scale: space.outcomes[j].scale,
                    addedCost: costs[arm][j] - costs[0][j], terms: space.outcomes[j].errorTerms(ofArm: arm))
                return effect.isEstimable ? effect.difference : nil
            }
        }
    }
}
