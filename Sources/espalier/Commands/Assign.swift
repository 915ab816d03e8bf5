import ArgumentParser
import Experiments
import Foundation
import Online
import Policies
import Runtime

struct Assign: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Give units their arms by a policy file alone; writes unit,arm,holdout.",
        discussion: """
            A policy that explores (`export --explore`) also gets who explored, the propensity of the unit's arm and that of \
            every arm as propensity_ARM; where it draws anew in every period, --at says in which.

            By the plan of an online test (`online plan`) units get a policy and its arm; written are unit, policy, arm and the \
            propensity of the arm: how probable it was given the unit's covariates, over all policies of the plan.
            """)

    enum Unseen: String, ExpressibleByArgument, CaseIterable {
        case missing, error
    }

    enum Lines: String, ExpressibleByArgument, CaseIterable {
        case csv, jsonl
    }

    @Argument(help: "The policy file, or the plan of an online test.", completion: .policy)
    var policy: String
    @Argument(help: "The units: csv, csv.gz, tsv, jsonl or parquet; - reads standard input.", completion: .data)
    var data: String
    @Option(name: .long, help: "Column of the unit's id, where the policy names none.")
    var unit: String?
    @Option(name: .long, help: "What a level counts as that the policy has never seen: missing, or error.")
    var unseen = Unseen.missing
    @Option(name: .long, help: "How units are written: csv or jsonl.")
    var format = Lines.csv
    @Option(
        name: .long,
        help:
            "Of a policy that draws anew in every period: the day or time, as 2026-03-01 or 2026-03-01T12:00:00Z; default: now."
    )
    var at: String?
    @OptionGroup var spreadsheet: SpreadsheetOption
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if Output.isParquet(destination.output), format == .jsonl {
            throw ValidationError("--format jsonl writes no Parquet file")
        }
    }

    func run() throws {
        if PlanFile.isPlan(policy) { return try assign(by: PlanFile.read(policy)) }
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
        let period = try document.assignment.exploration?.period.map { try AssignmentTime.seconds(at) / $0 }
        let suppliedNames = document.suppliedColumns
        let source = CovariateSource(
            path: data, unit: identity, cluster: document.assignment.cluster,
            splits: document.assignment.splitRule,
            covariates: try document.covariates.map { try $0.source() },
            extras: suppliedNames.compactMap { $0 }, refusesUnknownLevels: unseen == .error)
        let context = common.context
        let lines = AssignmentLines(document, period: period, format: format)
        try Output.stream(columns: lines.columns, context: context) { write in
            try write(lines.header)
            let notes = try source.stream(context: context) { table in
                let result = try scorer.assign(
                    keys: table.splitKeys, covariates: table.covariates.map(\.values),
                    supplied: suppliedNames.map { $0.flatMap { table.extras[$0] } ?? [] }, period: period ?? 0,
                    context: context)
                try write(lines.lines(of: table.ids.texts, result))
            }
            for sentence in notes.sentences { Diagnostics.write("espalier: \(sentence).\n") }
        }
    }

    private func assign(by plan: OnlinePlan) throws {
        for document in plan.policies.compactMap(\.policy) {
            try document.checkSelfTest(file: policy, context: common.context)
        }
        guard let column = unit ?? plan.assignment.unit else {
            throw EspalierError(
                .usage, "the units of an online test need ids", file: policy, remedy: "name their column with --unit")
        }
        let scorer = PlanScorer(plan)
        let inputs = try scorer.inputs()
        let source = CovariateSource(
            path: data, unit: .column(column), cluster: plan.assignment.cluster, covariates: inputs.covariates,
            extras: inputs.supplied, refusesUnknownLevels: unseen == .error)
        let context = common.context
        let lines = PlanLines(plan, format: format)
        try Output.stream(columns: PlanLines.columns, context: context) { write in
            try write(lines.header)
            let notes = try source.stream(context: context) { table in
                let result = try scorer.assign(
                    keys: table.splitKeys,
                    covariates: Dictionary(table.covariates.map { ($0.name, $0.values) }) { first, _ in first },
                    supplied: table.extras, context: context)
                try write(lines.lines(of: table.ids.texts, result))
            }
            for sentence in notes.sentences { Diagnostics.write("espalier: \(sentence).\n") }
        }
    }
}
