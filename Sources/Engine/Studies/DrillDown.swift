import Effects
import Experiments
import Foundation
import Statistics

/// Tune units divided by one or two covariates, with the effect of every arm on every outcome in each cell.
///
/// The cells are the analyst's, not the data's, so every tune unit counts; intervals are not adjusted for how many cells
/// are looked at.
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
    /// The cell of every unit of the study, tune and confirm.
    package let cellOf: [UInt32]
}

extension Study {
    /// Crosses one or two covariates; numeric ones are cut at the quartiles of the tune units. The data are read again.
    /// - Throws: `EspalierError` (.usage) for a covariate that is not there, (.data) where the data have changed.
    /// - Complexity: reads the data file.
    package func drillDown(by names: [String], conduct: Conduct) throws -> DrillDown {
        let known = description.covariates.map(\.name)
        for name in names where !known.contains(name) {
            throw EspalierError(
                .usage, "there is no covariate \(name)", remedy: "name one or two of \(known.joined(separator: ", "))")
        }
        guard (1...2).contains(names.count), Set(names).count == names.count else {
            throw EspalierError(.usage, "a drill-down takes one or two different covariates")
        }
        guard file.dataIsUnchanged(description) == true else {
            throw EspalierError(
                .data, "the data are not those the study was fitted on", file: description.dataPath,
                remedy: "put them back, or fit again")
        }
        conduct.report(Progress(phase: "reading the covariates", done: 0, total: 1))
        let experiment = try Experiment.read(
            spec: description.spec, folder: description.folder, conduct: conduct
        ).experiment
        guard experiment.units.keys == units.keys else {
            throw EspalierError(
                .data, "the data are not those the study was fitted on", file: description.dataPath,
                remedy: "fit again")
        }
        try conduct.cancellation.check()
        let parts = names.compactMap { name in experiment.covariates.first { $0.name == name } }.map {
            CovariateParts($0, tuneCount: experiment.tuneCount)
        }
        return crossed(parts, names)
    }

    private func crossed(_ parts: [CovariateParts], _ names: [String]) -> DrillDown {
        let tune = 0..<description.tuneCount
        let widths = parts.map(\.labels.count)
        let width = widths.reduce(1, *)
        var cellOf = [UInt32](repeating: 0, count: units.keys.count)
        for part in parts {
            for unit in cellOf.indices { cellOf[unit] = cellOf[unit] * UInt32(part.labels.count) + part.partOf[unit] }
        }
        var counts = [Int](repeating: 0, count: width)
        for unit in tune { counts[Int(cellOf[unit])] += 1 }
        // Cells without tune units have nothing to show; the rest keep the order of their parts.
        let kept = counts.indices.filter { counts[$0] > 0 }
        var place = [UInt32](repeating: UInt32(kept.count), count: width)
        for (row, cell) in kept.enumerated() { place[cell] = UInt32(row) }
        cellOf = cellOf.map { place[Int($0)] }
        let sums = GroupSums(
            groups: cellOf, groupCount: kept.count, units: tune, assignment: units.assignment,
            armCount: space.armCount, outcomes: units.observed, propensity: varyingPropensity)
        let total = Double(max(1, tune.count))
        return DrillDown(
            covariates: names,
            cells: kept.enumerated().map { row, cell in
                var rest = cell
                let labels = zip(parts, widths).reversed().map { part, width -> String in
                    defer { rest /= width }
                    return part.labels[rest % width]
                }.reversed()
                return DrillDown.Cell(
                    rule: labels.joined(separator: " and "), units: counts[cell],
                    share: Double(counts[cell]) / total, effects: effects(sums, row))
            }, cellOf: cellOf)
    }

    private func effects(_ sums: GroupSums, _ row: Int) -> [MeanDifference?] {
        (1..<space.armCount).flatMap { arm in
            space.outcomes.indices.map { j in
                let effect = sums.effect(
                    in: [row], arm: arm, outcome: j, scale: space.outcomes[j].scale,
                    addedCost: description.armCosts[arm][j] - description.armCosts[0][j])
                return effect.isEstimable ? effect.difference : nil
            }
        }
    }
}
