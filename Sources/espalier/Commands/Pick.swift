import ArgumentParser
import Runtime
import Studies

struct Pick: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Pick the k candidates of largest hypervolume, or those named, and open the confirm split for them.",
        discussion:
            "What is not picked now is picked no more. Every candidate seen on confirm for the first time is a look.")

    @Argument(help: "The study.", completion: .study)
    var study: String
    @Option(name: .long, help: "How many, by hypervolume.")
    var count: Int?
    @Option(name: .long, help: "Id or name of a candidate to pick by hand; repeat for more.", completion: .candidates)
    var candidate: [String] = []
    @Flag(
        name: .long,
        help: "With --count prefer policies whose estimates keep every limit; others come in where these are too few.")
    var inside = false
    @Flag(name: .long, help: "With --count keep what is picked already; it counts.")
    var keep = false
    @OptionGroup var format: FormatOption
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        try IntegerRange.check(count, Int.min...1_000_000, "--count")
        guard (count == nil) != candidate.isEmpty else {
            throw ValidationError("give --count or --candidate, one of the two")
        }
        guard count != nil || !(inside || keep) else { throw ValidationError("--inside and --keep go with --count") }
    }

    private func pick(_ count: Int, _ study: Study) throws -> PickByHypervolume {
        let kept = keep ? try study.file.candidates().filter(\.isPicked).map(\.id) : []
        guard kept.count <= count else {
            throw EspalierError(
                .usage, "\(kept.count) candidates are picked already, more than \(count)",
                remedy: "give a larger --count, or leave out --keep")
        }
        return PickByHypervolume(count: count, inside: inside, keeping: Set(kept))
    }

    func run() throws {
        let study = try CommandStudy.open(study, for: .writing)
        let caveats = study.description.caveats ?? []
        let picked: [Candidate]
        let choice: PickByHypervolume.Outcome?
        if let count {
            let picks = try study.perform(pick(count, study), common.context)
            (picked, choice) = (picks.candidates, picks)
        } else {
            let ids = try candidate.map { try CommandStudy.candidate($0, of: study).id }
            picked = try study.perform(SetPicks(Set(ids)), common.context).candidates
            choice = nil
        }
        let report = try study.answer(ReportPicks(), common.context)
        switch format.format {
        case .json:
            if let choice {
                let document = PicksDocument(choice, report: report, in: study.space)
                try Output.write(json: WithCaveats(result: document, caveats: caveats))
            } else {
                let document = HandPicksDocument(picked, report: report, in: study.space)
                try Output.write(json: WithCaveats(result: document, caveats: caveats))
            }
        case .csv:
            try Output.write(
                report.map { PickText.table($0, .csv).text(.csv) } ?? CandidateText.text(picked, study.space, .csv))
        case .table:
            let ending = (choice.map(PickText.choice) ?? "") + Caveats.text(caveats)
            guard let report else {
                try Output.write(CandidateText.text(picked, study.space, .table) + "\n" + ending)
                return
            }
            try Output.write(
                PickText.picks(picked, report).text(.table) + "\n" + PickText.table(report, .table).text(.table) + "\n"
                    + PickText.notes(report) + ending)
        }
    }
}
