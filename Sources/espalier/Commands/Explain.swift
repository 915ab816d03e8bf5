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

    @Argument(help: "The study.")
    var study: String
    @Option(name: .long, help: "Id or name of the candidate.")
    var candidate: String
    @Option(name: .long, help: "Levels of the tree, 1 to 6.")
    var depth = 3
    @Option(name: .long, help: "Units that judge the rules: tune (cross-fitted) or confirm, which counts as a look.")
    var split = "tune"
    @Option(name: .long, help: "How to write the result: rules, sql or json.")
    var format: Format = .rules
    @Option(name: .shortAndLong, help: "Where to write; default: standard output.")
    var output: String?
    @OptionGroup var common: CommonOptions

    func run() throws {
        guard ["tune", "confirm"].contains(split) else {
            throw EspalierError(.usage, "the split \(split) cannot judge rules", remedy: "choose tune or confirm")
        }
        let study = try CommandStudy.open(study)
        let chosen = try CommandStudy.candidate(candidate, of: study)
        let explanation =
            split == "confirm"
            ? try study.perform(ExplainOnConfirm(chosen.id, depth: depth), common.context).explanation
            : try study.answer(Studies.Explain(chosen, depth: depth), common.context)
        ProgressLine.clear()
        let text = ExplanationText(explanation, candidate: chosen.name, study: study)
        switch format {
        case .rules: try Output.write(text.rules, to: output)
        case .sql: try Output.write(raw: text.sql, to: output)
        case .json: try Output.write(json: ExplanationDocument(explanation, chosen, study), to: output)
        }
    }
}
