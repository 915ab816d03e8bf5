import ArgumentParser
import Experiments
import Runtime
import Texts

struct SurrogatesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "surrogates",
        abstract: "Judge the indexes by which early outcomes of a spec stand for long-term ones.",
        discussion: """
            Each index is fitted on its history. Where that is a past experiment (a column arm), the effect by the index is set \
            beside that on the long-term outcome: what the index misses should be 0 but for chance. Sets of surrogates are ranked \
            by the error of their index in rows it was not fitted on, and by that check.
            """)

    @Argument(help: "A spec with outcomes by surrogates.", completion: .spec)
    var spec: String
    @OptionGroup var format: FormatOption
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func run() throws {
        let declared = try ExperimentSpec.read(at: spec)
        let folder = DataFile.folder(ofFile: spec)
        let judged = try declared.outcomes.compactMap { outcome -> JudgedSurrogate? in
            guard case .surrogate(let surrogate) = outcome.source else { return nil }
            let history = try SurrogateHistory.read(
                surrogate, folder: folder, control: declared.treatment.control, context: common.context)
            let candidates = try SurrogateCandidate.rank(
                surrogate, in: history, file: DataFile.path(surrogate.history, inFolder: folder))
            return JudgedSurrogate(outcome: outcome.name, spec: surrogate, candidates: candidates)
        }
        guard !judged.isEmpty else {
            throw EspalierError(
                .usage, "the spec has no outcome by surrogates", file: spec,
                remedy: "give one surrogate: {history: past.csv, outcome: name, columns: [early]}")
        }
        ProgressLine.clear()
        switch format.format {
        case .json: try Output.write(json: judged.map { SurrogateDocument($0) })
        case .csv: try Output.write(SurrogateText.table(judged, .csv).text(.csv))
        case .table: try Output.write(judged.map { SurrogateText.page($0) }.joined(separator: "\n"))
        }
    }
}
