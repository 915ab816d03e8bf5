import ArgumentParser
import Studies

struct Pick: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Pick the k candidates of largest hypervolume and open the confirm split for them.")

    @Argument(help: "The study.")
    var study: String
    @Option(name: .long, help: "How many.")
    var count: Int
    @OptionGroup var format: FormatOption
    @OptionGroup var common: CommonOptions

    func validate() throws { try IntegerRange.check(count, Int.min...1_000_000, "--count") }

    func run() throws {
        let study = try CommandStudy.open(study, for: .writing)
        let picks = try study.perform(PickByHypervolume(count: count), common.context)
        let report = try study.answer(ReportPicks(), common.context)
        let caveats = study.description.caveats ?? []
        switch format.format {
        case .json:
            let document = PicksDocument(picks, report: report, in: study.space)
            try Output.write(json: WithCaveats(result: document, caveats: caveats))
        case .csv:
            try Output.write(
                report.map { PickText.table($0, .csv).text(.csv) }
                    ?? CandidateText.text(picks.candidates, study.space, .csv))
        case .table:
            guard let report else {
                try Output.write(
                    CandidateText.text(picks.candidates, study.space, .table) + "\n" + PickText.choice(picks)
                        + Caveats.text(caveats))
                return
            }
            try Output.write(
                PickText.picks(picks.candidates, report).text(.table) + "\n"
                    + PickText.table(report, .table).text(.table) + "\n" + PickText.notes(report)
                    + PickText.choice(picks) + Caveats.text(caveats))
        }
    }
}
