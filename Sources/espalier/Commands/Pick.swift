import ArgumentParser
import Frames
import Studies
import Workbench

struct Pick: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Pick the k candidates of largest hypervolume and open the confirm split for them.")

    @Argument(help: "The study.")
    var study: String
    @Option(name: .long, help: "How many.")
    var count: Int
    @OptionGroup var format: FormatOption
    @OptionGroup var common: CommonOptions

    func run() throws {
        let study = try CommandStudy.open(study)
        let picks = try study.pick(count: count, workers: common.workers)
        try study.file.log(.picks(count))
        switch format.format {
        case .json:
            try Output.write(
                json: PicksDocument(
                    hypervolume: picks.hypervolume, share: picks.share,
                    picks: picks.candidates.map { CandidateDocument($0, in: study.space) }))
        case .csv: try Output.write(CandidateText.text(picks.candidates, study.space, .csv))
        case .table:
            try Output.write(
                CandidateText.text(picks.candidates, study.space, .table)
                    + "\n\(picks.candidates.count) picks keep \(NumberText.string(picks.share, .percent(1))) "
                    + "of the front's hypervolume (\(picks.proof.rawValue)); "
                    + "the confirm split was looked at \(try study.file.looks()) times\n")
        }
    }
}
