import ArgumentParser
import Policies
import Runtime
import Studies

struct Profile: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Every outcome along one knob, the others held: exact at every value of its track.")

    @Argument(help: "The study.", completion: .study)
    var study: String
    @Option(name: .long, help: "The knob: weight:OUTCOME, bias:ARM or shrink:OUTCOME.", completion: .knobs)
    var along: String
    @OptionGroup var knobs: KnobOptions
    @Option(name: .long, help: "Id or name of a candidate, in place of knobs.", completion: .candidates)
    var candidate: String?
    @OptionGroup var estimator: EstimatorOptions
    @OptionGroup var format: FormatOption
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if candidate != nil, !knobs.isEmpty { throw ValidationError("give knobs or --candidate, not both") }
    }

    func run() throws {
        let study = try CommandStudy.open(study)
        guard let knob = Knob.named(along, in: study.space) else {
            let names = Knob.all(in: study.space).map { $0.name(in: study.space) }
            throw EspalierError(
                .usage, "there is no knob \(along)", remedy: "choose one of: \(names.joined(separator: ", "))")
        }
        let knobs =
            try candidate.map { try CommandStudy.linear($0, of: study).knobs } ?? knobs.knobs(in: study.space)
        let evaluator = try estimator.evaluator(study, common.context, what: "profile \(along)", .knobs(knobs))
        let profile = ParameterProfile(
            of: knob, from: knobs, grid: study.workspace.grids[knob].values, evaluator: evaluator)
        let document = ProfileDocument(profile, in: study.space)
        if format.format == .json {
            try Output.write(json: document)
            return
        }
        if format.format == .csv {
            var long = TextTable(["knob", "setting", "outcome", "value", "standard_error"])
            long.rows = document.grid.indices.flatMap { g in
                document.outcomes.map {
                    [along, cell(document.grid[g], .csv), $0.name]
                        + [cell($0.value[g], .csv), cell($0.standardError[g], .csv)]
                }
            }
            try Output.write(long.text(.csv))
            return
        }
        var table = TextTable(
            [along] + document.outcomes.flatMap { [$0.name, "SE"] }, textColumns: [])
        table.rows = document.grid.indices.map { g in
            [cell(document.grid[g], .table)]
                + document.outcomes.flatMap {
                    [cell($0.value[g], .table), cell($0.standardError[g], .table)]
                }
        }
        try Output.write(table.text(.table))
    }
}
