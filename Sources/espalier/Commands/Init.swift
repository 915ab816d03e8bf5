import ArgumentParser
import Experiments

struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Propose a commented spec from a data file.",
        discussion: """
            Every line says why it was guessed; `espalier help spec` explains what may be written. The first line names the \
            schema by which editors complete and check the file.
            """)

    @Argument(help: "The data: csv, csv.gz, tsv, jsonl or parquet; - reads standard input.", completion: .data)
    var data: String
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func run() throws {
        // A spec names its data from its own folder.
        let output = destination.output
        let folder = output.flatMap { $0 == "-" ? nil : DataFile.folder(ofFile: $0) }
        try Output.write(raw: SchemaFile.editorLine() + SpecProposal.propose(dataPath: data, inFolder: folder))
        guard let output, output != "-" else { return }
        try Output.finish()
        Diagnostics.note("go on with `espalier check \(output)`, then `espalier \(output)`")
    }
}
