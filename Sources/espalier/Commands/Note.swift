import ArgumentParser
import Studies

struct Note: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Note something about a candidate, or show its note.")

    @Argument(help: "The study.", completion: .study)
    var study: String
    @Argument(help: "The note; an empty one takes it away; none shows the present one.")
    var text: String?
    @Option(
        name: .long, help: "Id or name of the candidate; default: the only one picked.", completion: .candidates)
    var candidate: String?
    @OptionGroup var format: FormatOption
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func run() throws {
        let study = try CommandStudy.open(study, for: .writing)
        var chosen = try CommandStudy.candidate(candidate, of: study, option: "--candidate")
        if let text { chosen = try study.perform(SetNote(text, of: chosen.id), common.context) ?? chosen }
        guard format.format == .table else {
            try CandidateListText.write([chosen], study, format.format)
            return
        }
        try Output.write(chosen.note.isEmpty ? "candidate \(chosen.name) has no note\n" : chosen.note + "\n")
    }
}
