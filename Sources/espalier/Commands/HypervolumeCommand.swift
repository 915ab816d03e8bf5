import ArgumentParser
import Experiments
import Foundation
import Frontier
import Runtime
import Texts

struct HypervolumeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hypervolume",
        abstract: "The exact volume between points of a table and a reference point that they improve on.",
        discussion: """
            One point a row, one column for each name of --reference, in its own unit: what `front` reports can be checked, or \
            fronts found elsewhere compared with it. More is better but for columns named by --minimize.
            """)

    @Argument(help: "A CSV of points.", completion: .data)
    var table: String
    @Option(name: .long, help: "The reference point, as ctr=0.1; repeat for every column that counts.")
    var reference: [String] = []
    @Option(name: .long, help: "A column of which less is better; repeat for more.")
    var minimize: [String] = []
    @OptionGroup var format: FormatOption
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard !reference.isEmpty else { throw ValidationError("give the reference point, as --reference ctr=0.1") }
    }

    func run() throws {
        let origin = try reference.map { try KnobOptions.split($0, "--reference") }
        let names = origin.map(\.0)
        guard Set(names).count == names.count else {
            throw EspalierError(
                .usage, "a column stands in --reference twice", remedy: "give every column one reference value")
        }
        for name in minimize { _ = try KnobOptions.index(name, in: names, "column of --reference") }
        let signs = names.map { minimize.contains($0) ? -1.0 : 1 }
        let read = try NumberColumns.read(table, names.map { ($0, "value") }, context: common.context)
        let points = (read.columns.first ?? []).indices.map { row in
            zip(read.columns, signs).map { column, sign in sign * column[row] }
        }
        let oriented = zip(origin, signs).map { $0.1 * $1 }
        ProgressLine.clear()
        let document = HypervolumeDocument(
            hypervolume: Hypervolume.of(points, reference: oriented), points: points.count,
            counting: points.count { zip($0, oriented).allSatisfy { $0 > $1 } },
            reference: Dictionary(uniqueKeysWithValues: origin))
        switch format.format {
        case .json: try Output.write(json: document)
        case .csv: try Output.write("hypervolume,points,counting\n\(document.row.joined(separator: ","))\n")
        case .table:
            try Output.write(
                "hypervolume \(NumberText.significant(document.hypervolume, 9)) of \(document.points) points, of which "
                    + "\(document.counting) are better than the reference in every column\n")
        }
    }
}

/// JSON of `hypervolume`.
private struct HypervolumeDocument: Encodable {
    let hypervolume: Double
    let points: Int
    /// Points that are better than the reference in every column.
    let counting: Int
    let reference: [String: Double]

    var row: [String] { ["\(hypervolume)", "\(points)", "\(counting)"] }
}
