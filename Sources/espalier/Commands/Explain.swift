import ArgumentParser
import Policies
import Runtime
import Studies

struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say in a few rules what a candidate's policy does, and what they would cost in its place.")

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case rules, sql, json
    }

    @Argument(help: "The study.", completion: .study)
    var study: String
    @Option(
        name: .long, help: "Id or name of the candidate; default: the only one picked.", completion: .candidates)
    var candidate: String?
    @Option(name: .long, help: "Levels of the tree, 1 to 6.")
    var depth = 3
    @Option(
        name: .long, help: "Units that judge the rules: tune (cross-fitted) or confirm, which counts as a look.",
        completion: .list(["tune", "confirm"]))
    var split = "tune"
    @Option(name: .long, help: "How to write the result: rules, sql or json.")
    var format: Format = .rules
    @OptionGroup var dialect: DialectOption
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func run() throws {
        guard ["tune", "confirm"].contains(split) else {
            throw EspalierError(.usage, "the split \(split) cannot judge rules", remedy: "choose tune or confirm")
        }
        let study = try CommandStudy.open(study)
        let chosen = try CommandStudy.candidate(candidate, of: study, option: "--candidate")
        let explanation =
            split == "confirm"
            ? try study.perform(ExplainOnConfirm(chosen.id, depth: depth), common.context).explanation
            : try study.answer(Studies.Explain(chosen, depth: depth), common.context)
        ProgressLine.clear()
        let text = ExplanationText(explanation, candidate: chosen.name, study: study)
        switch format {
        case .rules: try Output.write(text.rules)
        case .sql: try Output.write(raw: text.sql(dialect.dialect))
        case .json: try Output.write(json: ExplanationDocument(explanation, chosen, study, dialect: dialect.dialect))
        }
    }
}
