import ArgumentParser
import Experiments
import Foundation
import Policies
import Runtime

struct Assign: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Give units their arms by a policy file alone; writes unit,arm,holdout.")

    enum Unseen: String, ExpressibleByArgument, CaseIterable {
        case missing, error
    }

    enum Lines: String, ExpressibleByArgument, CaseIterable {
        case csv, jsonl
    }

    @Argument(help: "The policy file.")
    var policy: String
    @Argument(help: "The units: csv, csv.gz, tsv or jsonl; - reads standard input.")
    var data: String
    @Option(name: .long, help: "Column of the unit's id, where the policy names none.")
    var unit: String?
    @Option(name: .long, help: "What a level counts as that the policy has never seen: missing, or error.")
    var unseen = Unseen.missing
    @Option(name: .long, help: "How units are written: csv or jsonl.")
    var format = Lines.csv
    @OptionGroup var spreadsheet: SpreadsheetOption
    @Option(name: .shortAndLong, help: "Where to write; default: standard output.")
    var output: String?
    @OptionGroup var common: CommonOptions

    func run() throws {
        let document = try PolicyFile.read(policy)
        try document.checkSelfTest(file: policy, context: common.context)
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
        let scorer = PolicyScorer(document)
        let suppliedNames = document.suppliedColumns
        let source = CovariateSource(
            path: data, unit: identity, cluster: document.assignment.cluster,
            covariates: try document.covariates.map { try $0.source() },
            extras: suppliedNames.compactMap { $0 }, refusesUnknownLevels: unseen == .error)
        let context = common.context
        let lines = AssignmentLines(arms: document.arms, format: format)
        try Output.stream(to: output) { write in
            try write(lines.header)
            let notes = try source.stream(context: context) { table in
                let result = try scorer.assign(
                    keys: table.splitKeys, covariates: table.covariates.map(\.values),
                    supplied: suppliedNames.map { $0.flatMap { table.extras[$0] } ?? [] }, context: context)
                try write(lines.lines(of: table.ids.texts, result))
            }
            for sentence in notes.sentences { Diagnostics.write("espalier: \(sentence).\n") }
        }
    }
}
