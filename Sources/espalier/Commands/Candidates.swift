import ArgumentParser
import Studies

struct Candidates: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the candidates of a study, with their limits, picks and notes.")

    @Argument(help: "The study.", completion: .study)
    var study: String
    @Flag(name: .long, help: "Hidden candidates too: those that undo or a later search took away.")
    var hidden = false
    @OptionGroup var format: FormatOption
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func run() throws {
        let study = try CommandStudy.open(study)
        let hiddenIDs = try study.file.hiddenCandidates()
        let candidates = try study.file.candidates(includingHidden: hidden)
        try CandidateListText.write(candidates, hidden: hiddenIDs, study, format.format)
    }
}
