import Experiments
import Foundation
import Statistics
import Studies
import Warehouses

/// Effects of units as lines of CSV, in the outcomes' own units and net of arm costs, as everywhere in the product.
struct EffectLines {
    static let header = Data((columns.map(\.name).joined(separator: ",") + "\n").utf8)

    /// The columns of the lines, in their order.
    static let columns = [
        ParquetWriter.Column("unit", .text), .init("arm", .text), .init("outcome", .text), .init("effect", .double),
        .init("low", .double), .init("high", .double),
    ]

    /// What stands in each of a unit's lines: the pair of arm and outcome, and how its stored effect becomes a number.
    private struct Cell {
        let arm: Int
        let outcome: Int
        let names: String
        let scale: Double
        let cost: Double
    }

    private let cells: [Cell]
    private let style = OutputStyle.current

    init(_ study: Study, arms: [Int], outcomes: [Int]) {
        let space = study.space
        let costs = study.description.armCosts
        let style = style
        cells = arms.flatMap { arm in
            outcomes.map { outcome in
                Cell(
                    arm: arm, outcome: outcome,
                    names: style.field(space.arms[arm]) + "," + style.field(space.outcomes[outcome].name),
                    scale: space.outcomes[outcome].scale, cost: costs[arm][outcome] - costs[0][outcome])
            }
        }
    }

    func lines(of ids: [String], _ effects: UnitEffects) -> Data {
        var text = ""
        for (unit, id) in ids.enumerated() {
            let name = style.field(id)
            for cell in cells {
                let effect =
                    cell.scale * Double(effects.estimates.column(arm: cell.arm, outcome: cell.outcome)[unit])
                    - cell.cost
                text += "\(name),\(cell.names),\(effect),"
                if let errors = effects.standardErrors {
                    let error = cell.scale * Double(errors.column(arm: cell.arm, outcome: cell.outcome)[unit])
                    let interval = Interval(estimate: effect, standardError: error)
                    text += "\(interval.low),\(interval.high)\n"
                } else {
                    text += ",\n"
                }
            }
        }
        return Data(text.utf8)
    }
}
