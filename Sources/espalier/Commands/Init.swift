import ArgumentParser
import Experiments

struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Propose a commented spec from a data file.")

    @Argument(help: "The data: csv, csv.gz or tsv.")
    var data: String
    @Option(name: .shortAndLong, help: "Where to write the spec; default: standard output.")
    var output: String?

    func run() throws {
        try Output.write(SpecProposal.propose(dataPath: data), toNew: output)
    }
}
