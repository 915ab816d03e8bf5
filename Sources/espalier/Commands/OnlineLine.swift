import ArgumentParser
import Experiments
import Online
import Runtime
import Texts

struct OnlineLine: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "line",
        abstract: "York's line of online against offline values, where both have errors.",
        discussion: """
            The table has a row for each policy: x (offline, from confirm) with its variance vx, and y (online) with its \
            variance vy. An ordinary regression would take x for exact and flatten the slope. tau2 is what y varies about the \
            line beyond its errors; the interval is by Student's t with two degrees of freedom less than there are points.
            """)

    @Option(name: .long, help: "A CSV with the columns x, vx, y and vy.", completion: .data)
    var table: String
    @OptionGroup var format: FormatOption
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func run() throws {
        let names = ["x", "vx", "y", "vy"]
        let read = try NumberColumns.read(
            table, names.map { ($0, $0.hasPrefix("v") ? "variance" : "value") }, context: common.context)
        let points = (read.columns.first ?? []).indices.map { row in
            YorkLine.Point(
                x: read.columns[0][row], xVariance: read.columns[1][row], y: read.columns[2][row],
                yVariance: read.columns[3][row])
        }
        let document: LineDocument
        do {
            document = LineDocument(try YorkLine(points), york: try YorkLine(points, excessVariance: 0))
        } catch let error as EspalierError {
            throw EspalierError(.data, error.message, file: table, remedy: error.remedy)
        }
        ProgressLine.clear()
        switch format.format {
        case .json: try Output.write(json: document)
        case .csv, .table: try Output.write(document.text(format.format))
        }
    }
}

/// JSON of `online line`.
private struct LineDocument: Encodable {
    struct Line: Encodable {
        let intercept: Double
        let slope: Double
        let interceptError: Double
        let slopeError: Double
        let chiSquare: Double
        let tau2: Double

        init(_ line: YorkLine) {
            intercept = line.intercept
            slope = line.slope
            interceptError = line.interceptError
            slopeError = line.slopeError
            chiSquare = line.chiSquare
            tau2 = line.excessVariance
        }
    }

    let points: Int
    let line: Line
    /// Of the slope; null below four points.
    let low: Double?
    let high: Double?
    /// The line without any variance beyond the errors.
    let york: Line

    init(_ line: YorkLine, york: YorkLine) {
        points = line.pointCount
        self.line = Line(line)
        let interval = line.slopeInterval()
        low = interval?.low
        high = interval?.high
        self.york = Line(york)
    }

    private enum CodingKeys: CodingKey {
        case points, intercept, slope, interceptError, slopeError, chiSquare, tau2, low, high, york
    }

    func encode(to encoder: any Encoder) throws {
        try line.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(points, forKey: .points)
        try container.encode(low, forKey: .low)
        try container.encode(high, forKey: .high)
        try container.encode(york, forKey: .york)
    }

    func text(_ format: FormatOption.Format) -> String {
        var table = TextTable(["", "intercept", "SE", "slope", "SE", "chi-square", "tau2"], textColumns: [0])
        for (name, line) in [("line", line), ("without tau2", york)] {
            table.rows.append(
                [name]
                    + [line.intercept, line.interceptError, line.slope, line.slopeError, line.chiSquare, line.tau2]
                    .map { cell($0, format) })
        }
        guard format == .table else { return table.text(format) }
        let range = low.flatMap { low in
            high.map { "\nthe slope lies in \(NumberText.significant(low, 3)) to \(NumberText.significant($0, 3))\n" }
        }
        return table.text(format) + (range ?? "\n\(points) points are too few to say how sure the slope is\n")
    }
}
