import ArgumentParser
import Policies
import Runtime
import Studies

struct Profile: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Every outcome along one knob, the others held: exact at every value of its track.")

    @Argument(help: "The study.")
    var study: String
    @Option(name: .long, help: "The knob: weight:OUTCOME, bias:ARM or shrink:OUTCOME.")
    var along: String
    @OptionGroup var knobs: KnobOptions
    @OptionGroup var estimator: EstimatorOptions
    @OptionGroup var format: FormatOption
    @OptionGroup var common: CommonOptions

    func run() throws {
        let study = try CommandStudy.open(study)
        guard let knob = Knob.named(along, in: study.space) else {
            let names = Knob.all(in: study.space).map { $0.name(in: study.space) }
            throw EspalierError(
                .usage, "there is no knob \(along)", remedy: "choose one of: \(names.joined(separator: ", "))")
        }
        let knobs = try knobs.knobs(in: study.space)
        let evaluator = try estimator.evaluator(study, common.context, what: "profile \(along)", .knobs(knobs))
        let profile = ParameterProfile(
            of: knob, from: knobs, grid: study.workspace.grids[knob].values, evaluator: evaluator)
        let document = ProfileDocument(profile, in: study.space)
        if format.format == .json {
            try Output.write(json: document)
            return
        }
        var table = TextTable(
            [along] + document.outcomes.flatMap { [$0.name, "SE"] }, textColumns: [])
        table.rows = document.grid.indices.map { g in
            [cell(document.grid[g], format.format)]
                + document.outcomes.flatMap {
                    [cell($0.value[g], format.format), cell($0.standardError[g], format.format)]
                }
        }
        try Output.write(table.text(format.format))
    }
}
