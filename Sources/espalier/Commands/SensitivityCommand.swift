import ArgumentParser
import Policies
import Studies

struct SensitivityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sensitivity",
        abstract: "What moves what: every knob's effect on every outcome, and how precisely it matters.")

    @Argument(help: "The study.", completion: .study)
    var study: String
    @Option(
        name: .long, help: "Id or name of the candidate; default: the only one picked.", completion: .candidates)
    var candidate: String?
    @Option(name: .long, help: "Percent of the units that may change arm within the range shown for each knob.")
    var percent = 1.0
    @OptionGroup var format: FormatOption
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func run() throws {
        let study = try CommandStudy.open(study)
        let chosen = try CommandStudy.candidate(candidate, of: study, option: "--candidate")
        let sensitivity = try study.answer(
            MeasureSensitivity(of: chosen, percent: percent), common.context)
        switch format.format {
        case .json: try Output.write(json: SensitivityDocument(sensitivity, chosen, in: study.space))
        case .csv: try Output.write(SensitivityText.table(sensitivity, study.space, .csv).text(.csv))
        case .table:
            try Output.write(
                SensitivityText.table(sensitivity, study.space, .table).text(.table) + "\n"
                    + SensitivityText.notes(sensitivity, chosen))
        }
    }
}
