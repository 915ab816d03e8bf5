import ArgumentParser
import Frontier
import Policies
import Statistics
import Studies
import Workbench

extension SearchSettings.Method: ExpressibleByArgument {}

struct Front: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Search the policies that cannot be beaten; they become the study's candidates.")

    @Argument(help: "The study.")
    var study: String
    @Option(name: .long, help: "profiles (exact line searches), weights (the same without biases) or random.")
    var method: SearchSettings.Method = .profiles
    @Option(name: .long, help: "Passes over the data: lines, or policies for random.")
    var evaluations: Int?
    @Option(name: .long, help: "Seed of the search.")
    var seed: UInt64 = 1
    @OptionGroup var format: FormatOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if let evaluations, evaluations < 1 { throw ValidationError("--evaluations must be at least 1") }
    }

    func run() throws {
        let study = try CommandStudy.open(study)
        var settings = SearchSettings(method: method, seed: seed)
        if let evaluations { settings.evaluations = evaluations }
        let front = try study.searchFront(settings, conduct: common.conduct)
        ProgressLine.clear()
        try study.file.log(.search(settings, inputs: study.description.inputsDigest))
        let document = FrontDocument(
            reference: front.record.reference, hypervolume: front.record.hypervolume,
            candidates: front.candidates.map { CandidateDocument($0, in: study.space) })
        switch format.format {
        case .json: try Output.write(json: document)
        case .table, .csv:
            try Output.write(CandidateText.text(front.candidates, study.space, format.format))
        }
    }
}
