import ArgumentParser
import Experiments
import Foundation
import Policies

struct Assign: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Give units their arms by a policy file alone; writes unit,arm,holdout.")

    @Argument(help: "The policy file.")
    var policy: String
    @Argument(help: "The units: csv, csv.gz or tsv.")
    var data: String
    @Option(name: .long, help: "Column of the unit's id, where the policy names none.")
    var unit: String?
    @Option(name: .shortAndLong, help: "Where to write; default: standard output.")
    var output: String?
    @OptionGroup var common: CommonOptions

    func run() throws {
        let document = try PolicyFile.read(policy)
        let identity: UnitIdentity
        if let column = unit ?? document.assignment.unit {
            identity = .column(column)
        } else {
            identity = .row
            if document.assignment.holdout > 0 {
                Diagnostics.write(
                    "espalier: rows have no ids, so the holdout is not sticky; name a column with --unit.\n")
            }
        }
        let suppliedNames = document.suppliedColumns
        let table = try CovariateTable.read(
            data, unit: identity, encodings: try document.covariates.map { ($0.name, try $0.encoding()) },
            extras: suppliedNames.compactMap { $0 }, context: common.context)
        let result = try PolicyScorer(document).assign(
            keys: table.ids.keys, covariates: table.covariates.map(\.values),
            supplied: suppliedNames.map { $0.flatMap { table.extras[$0] } ?? [] }, context: common.context)
        var text = "unit,arm,holdout\n"
        let arms = document.arms.map(CSVField.quoted)
        for (index, id) in table.ids.texts.enumerated() {
            text += "\(CSVField.quoted(id)),\(arms[Int(result.arms[index])]),\(result.heldOut[index] ? 1 : 0)\n"
        }
        try Output.write(text, to: output)
    }
}
