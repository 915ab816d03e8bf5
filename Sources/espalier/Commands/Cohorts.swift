import ArgumentParser
import Experiments
import Foundation
import Runtime
import Studies

struct Cohorts: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the merged cohorts, or with --units the cohort of every unit.")

    @Argument(help: "The study.")
    var study: String
    @Flag(name: .long, help: "Print unit,cohort instead of the table.")
    var units = false
    @OptionGroup var format: FormatOption
    @OptionGroup var common: CommonOptions

    private struct Document: Encodable {
        struct Effect: Encodable {
            let arm: String
            let outcome: String
            let value: Double
            let standardError: Double
        }
        let id: Int
        let rule: String
        let units: Int
        let share: Double
        let effects: [Effect]
    }

    func run() throws {
        let study = try CommandStudy.open(study)
        if units {
            try Output.write(raw: try unitTable(study))
            return
        }
        let space = study.space
        let cohorts = study.trees.cohorts
        let documents = cohorts.rows.indices.map { index in
            let row = cohorts.rows[index]
            return Document(
                id: row.id, rule: row.rule, units: row.units, share: row.share,
                effects: (1..<space.armCount).flatMap { arm in
                    space.outcomes.indices.map { j in
                        let effect = cohorts.effect(cohort: index, arm: arm, outcome: j)
                        return Document.Effect(
                            arm: space.arms[arm], outcome: space.outcomes[j].name, value: effect.effect,
                            standardError: effect.standardError)
                    }
                })
        }
        if format.format == .json {
            try Output.write(json: documents)
            return
        }
        let columns = documents.first?.effects.flatMap { ["\($0.arm) \($0.outcome)", "error"] } ?? []
        var table = TextTable(["cohort", "rule", "units", "share"] + columns, textColumns: [1])
        table.rows = documents.map { row in
            ["\(row.id)", row.rule, "\(row.units)", cell(row.share, format.format)]
                + row.effects.flatMap { [cell($0.value, format.format), cell($0.standardError, format.format)] }
        }
        try Output.write(table.text(format.format))
    }

    /// unit,cohort in the order of the data file, which is read again for the ids.
    private func unitTable(_ study: Study) throws -> String {
        let rows = try StudyRows(study, context: common.context)
        var text = "unit,cohort\n"
        for (unit, id) in zip(rows.units, rows.ids) {
            text += OutputStyle.current.field(id) + ",\(study.units.cohorts[unit] + 1)\n"
        }
        return text
    }
}
