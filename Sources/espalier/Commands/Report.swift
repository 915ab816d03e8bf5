import ArgumentParser
import Reports

struct Report: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write one HTML page of the study, to be read without espalier.")

    @Argument(help: "The study.")
    var study: String
    @Option(name: .long, help: "Id or name of the chosen candidate; default: the only one picked.")
    var candidate: String?
    @Option(name: .shortAndLong, help: "Where to write; default: standard output.")
    var output: String?
    @OptionGroup var common: CommonOptions

    func run() throws {
        let study = try CommandStudy.open(study)
        let chosen = try candidate.map { try CommandStudy.candidate($0, of: study) }
        let report = try StudyReport(
            study, candidate: chosen, tool: "espalier \(Espalier.versionText)", workers: common.workers)
        try Output.write(raw: report.html(), to: output)
    }
}
