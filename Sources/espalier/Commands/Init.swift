import ArgumentParser
import Experiments

struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Propose a commented spec from a data file.")

    @Argument(help: "The data: csv, csv.gz, tsv, jsonl or parquet; - reads standard input.")
    var data: String
    @Option(name: .shortAndLong, help: "Where to write the spec; default: standard output.")
    var output: String?

    func run() throws {
        // A spec names its data from its own folder.
        let folder = output.flatMap { $0 == "-" ? nil : DataFile.folder(ofFile: $0) }
        try Output.write(SpecProposal.propose(dataPath: data, inFolder: folder), toNew: output)
    }
}
