import ArgumentParser
import Reports
import Runtime
import Studies

struct Report: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write one HTML page of the study, to be read without espalier.")

    @Argument(help: "The study.", completion: .study)
    var study: String
    @Option(
        name: .long, help: "Id or name of the chosen candidate; default: the only one picked.",
        completion: .candidates)
    var candidate: String?
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func run() throws {
        let study = try CommandStudy.open(study)
        let chosen = try candidate.map { try CommandStudy.candidate($0, of: study) }
        try testHeterogeneity(study)
        let report = try StudyReport(
            study, candidate: chosen, tool: "espalier \(Espalier.versionText)", workers: common.workers)
        try Output.write(raw: report.html())
    }

    /// The page says whether effects differ at all, so that is found out first, and kept, where it was not yet.
    private func testHeterogeneity(_ study: Study) throws {
        guard try study.file.modelReport() == nil else { return }
        do {
            try study.perform(ValidateLearners.usual, common.context)
        } catch let error as EspalierError {
            ProgressLine.clear()
            Diagnostics.write(
                "espalier: the page cannot say whether effects differ between units: \(error.description)\n")
        }
        ProgressLine.clear()
    }
}
