import ArgumentParser
import Experiments
import Pooling
import Runtime
import Studies

struct Nearest: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say which units are most like one, by what a pool has learned of them.",
        discussion: """
            Units are alike where the pool's representation gives them like values, and so like effects in every experiment. \
            The distance is the root mean square difference, in standard deviations of each dimension.
            """)

    @Argument(help: "The pool.", completion: .study)
    var pool: String
    @Option(name: .long, help: "The units: csv, csv.gz, tsv, jsonl or parquet.", completion: .data)
    var units: String
    @Option(name: .long, help: "The unit whose like are wanted.")
    var to: String
    @Option(name: .shortAndLong, help: "How many.")
    var count = 5
    @Option(name: .long, help: "Column of the units' ids; default: as the pool's first experiment has it.")
    var unit: String?
    @OptionGroup var format: FormatOption
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func validate() throws { try IntegerRange.check(count, 1...10_000, "--count") }

    private struct Row: Encodable {
        let unit: String
        let distance: Double
    }

    func run() throws {
        let file = try PoolFile.read(pool)
        let embedding = file.fit.model.embedding
        let source = CovariateSource(
            path: units, unit: unit.map { .column($0) } ?? file.sources[0].unit,
            covariates: embedding.covariates.map { CovariateSource.Column(name: $0.name, encoding: $0.encoding) })
        var ids: [String] = []
        var embedded: [Float] = []
        let notes = try source.stream(context: common.context) { table in
            ids += table.ids.texts
            embedded += embedding.values(table.covariates.map(\.values), rows: Array(0..<table.count))
        }
        ProgressLine.clear()
        for sentence in notes.sentences { Diagnostics.write("espalier: \(sentence).\n") }
        guard let place = ids.firstIndex(of: to) else {
            throw EspalierError(
                .data, "there is no unit \(to)", file: units, remedy: "name one of the ids of the file with --to")
        }
        let rows = NearestUnits(embedded, dimension: embedding.dimension).nearest(to: place, count: count).map {
            Row(unit: ids[$0.row], distance: $0.distance)
        }
        if format.format == .json { return try Output.write(json: rows) }
        var table = TextTable(["unit", "distance"], textColumns: [0])
        table.rows = rows.map { [$0.unit, cell($0.distance, format.format)] }
        try Output.write(table.text(format.format))
    }
}
