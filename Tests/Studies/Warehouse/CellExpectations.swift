import Experiments
import Foundation
import Policies
import Runtime
import Studies
import WarehouseFixtures
import Warehouses

/// A study of units in memory whose outcomes are expected to be what those of their cells are on tune: unit by unit what sums of cells
/// are evaluated by.
struct CellExpectations {
    private let study: Study
    private let folder: String
    private let context: RunContext

    init(_ study: Study, in fixture: WarehouseFixture, _ context: RunContext) {
        self.study = study
        folder = fixture.folder
        self.context = context
    }

    /// - Parameter cells: of every unit, tune and confirm.
    func table(cells: [Int], count: Int) throws -> PolicyTable {
        let space = study.space
        let expected = CellNuisances(sums(cells, count), parts: [.growing])
        let names = space.arms.flatMap { arm in space.outcomes.map { "\(arm):\($0.name)" } }
        var lines = (["id"] + names).joined(separator: ",") + "\n"
        for (unit, id) in try ids().enumerated() {
            let values = space.arms.indices.flatMap { arm in
                space.outcomes.indices.map { j in
                    "\(expected[cells[unit], arm, j] * space.outcomes[j].scale + space.outcomes[j].centre)"
                }
            }
            lines += ([id] + values).joined(separator: ",") + "\n"
        }
        let path = folder + "/expectations.csv"
        try AtomicFile.write(Data(lines.utf8), to: path)
        let predictions = try PredictionsFile.read(
            path, unitColumn: "id", arms: space.arms, outcomes: space.outcomes.map(\.name), context: context)
        return try study.table(predictions: predictions, file: path)
    }

    /// Of tune, all as one part: which it is does not matter where all of it tells.
    private func sums(_ cells: [Int], _ count: Int) -> CellSums {
        let units = study.units
        let (arms, outcomes) = (study.space.armCount, study.space.outcomes.count)
        let (groups, pairs) = (count * UnitPart.allCases.count * arms, CellSums.pairCount(outcomes))
        var counts = [Double](repeating: 0, count: groups)
        var sums = [Double](repeating: 0, count: groups * outcomes)
        var products = [Double](repeating: 0, count: groups * pairs)
        for unit in 0..<study.description.tuneCount {
            let part = cells[unit] * UnitPart.allCases.count + UnitPart.growing.rawValue
            let index = part * arms + Int(units.assignment[unit])
            counts[index] += 1
            for j in 0..<outcomes {
                let y = Double(units.observed[j][unit])
                sums[index * outcomes + j] += y
                for k in 0...j {
                    products[index * pairs + CellSums.pair(j, k)] += y * Double(units.observed[k][unit])
                }
            }
        }
        return CellSums(
            armCount: arms, outcomeCount: outcomes, cellCount: count, counts: counts, sums: sums, products: products)
    }

    /// Of all units, in the study's order.
    private func ids() throws -> [String] {
        let units = try Experiment.read(
            spec: study.description.spec, folder: study.description.folder, context: context
        ).experiment.units
        let path = folder + "/units.parquet"
        let answer = try EngineTable(path)?.connection.ask(
            "SELECT id FROM read_parquet(\(SQLText.literal(path)))", [.text], cancellation: Cancellation())
        let texts = answer?[0].texts ?? []
        return units.rows.map { texts[Int($0) - 1] ?? "" }
    }
}
