import ArgumentParser
import Experiments
import Policies
import Runtime
import Studies

struct Drift: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Say how the same units move between two dates: their cohorts, their arms, and what keeping old arms loses.",
        discussion: """
            SUBJECT is a policy file, or a study with a candidate. BEFORE and AFTER are files of units with the policy's \
            covariates. Of a study, the units' own outcomes say what scoring anew gains over keeping the arms of before: \
            unit by unit, doubly robust, on tune, or on confirm, which counts as a look.
            """)

    @Argument(help: "A policy file or a study.", completion: .file())
    var subject: String
    @Argument(help: "The units at the first date: csv, csv.gz, tsv, jsonl or parquet.", completion: .data)
    var before: String
    @Argument(help: "The units at the second date.", completion: .data)
    var after: String
    @Option(
        name: .long, help: "Of a study: id or name of the candidate; default: the only one picked.",
        completion: .candidates)
    var candidate: String?
    @Option(
        name: .long, help: "Of a study: units that judge, tune or confirm.", completion: .list(["tune", "confirm"]))
    var split = "tune"
    @Option(name: .long, help: "Column of the unit's id, where the policy names none.")
    var unit: String?
    @OptionGroup var format: FormatOption
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if !["tune", "confirm"].contains(split) { throw ValidationError("--split is tune or confirm") }
    }

    func run() throws {
        let context = common.context
        let isStudy = InputFile.kind(subject) == .study
        if !isStudy, candidate != nil || split != "tune" {
            throw ValidationError("--candidate and --split go with a study")
        }
        let study = try isStudy ? CommandStudy.open(subject) : nil
        let chosen = try study.map { try CommandStudy.candidate(candidate, of: $0, option: "--candidate") }
        let document: PolicyDocument
        if let study, let chosen {
            document = try study.document(of: chosen, holdout: 0, tool: Espalier.versionText, context: context)
        } else {
            document = try PolicyFile.read(subject)
            try document.checkSelfTest(file: subject, context: context)
        }
        guard let column = unit ?? document.assignment.unit else {
            throw EspalierError(
                .usage, "the policy does not say how units are told apart at two dates",
                remedy: "name the column of their ids with --unit")
        }
        let snapshots = try [before, after].map { try snapshot($0, document, column, context) }
        let rules: [String] = if case .cohort(let rule) = document.rule { rule.rules.texts } else { [] }
        var drift = PolicyDrift(from: snapshots[0], to: snapshots[1], arms: document.arms, rules: rules)
        if let study, let chosen {
            let evaluator: PolicyEvaluator
            if split == "confirm" {
                evaluator = try study.workspace.evaluator(.confirm, workers: context.workers)
                let look = LookAtConfirm(
                    at: .confirm, by: "drift", estimator: evaluator.estimator, file: after,
                    holding: try LookSubject(chosen.policy, by: "drift"))
                try study.perform(look, context)
            } else {
                evaluator = try study.workspace.evaluator(.tune, workers: context.workers)
            }
            drift = try drift.judged(from: snapshots[0], to: snapshots[1], on: study, by: evaluator)
        }
        ProgressLine.clear()
        switch format.format {
        case .json: try Output.write(json: drift)
        case .csv: try Output.write(DriftText.text(drift, .csv))
        case .table: try Output.write(DriftText.text(drift, .table) + DriftText.summary(drift))
        }
    }

    /// Every unit of a file with its arm, nobody held out.
    private func snapshot(
        _ path: String, _ document: PolicyDocument, _ column: String, _ context: RunContext
    ) throws -> PolicySnapshot {
        let scorer = PolicyScorer(document)
        let supplied = document.suppliedColumns
        let source = CovariateSource(
            path: path, unit: .column(column), cluster: document.assignment.cluster,
            splits: document.assignment.splitRule,
            covariates: try document.covariates.map { try $0.source() }, extras: supplied.compactMap { $0 })
        var snapshot = PolicySnapshot()
        let notes = try source.stream(context: context) { table in
            let scored = try scorer.choices(
                keys: table.splitKeys, covariates: table.covariates.map(\.values),
                supplied: supplied.map { $0.flatMap { table.extras[$0] } ?? [] }, context: context)
            guard let twice = snapshot.add(keys: table.ids.keys, arms: scored.arms, cohorts: scored.cohorts) else {
                return
            }
            throw EspalierError(
                .data, "the unit \(table.ids.texts[twice]) stands here a second time", file: path,
                remedy: "give every unit one row")
        }
        for sentence in notes.sentences { Diagnostics.write("espalier: \(sentence).\n") }
        return snapshot
    }
}
