import Runtime
import Texts

/// Reads chosen columns of a data file: CSV, or TSV where the name says so, or JSON lines where it begins with a brace, plain
/// or gzip; Parquet files and tables of a DuckDB database through the engine, as `DataLocation` names them.
///
/// What is read: RFC 4180 with a header line, UTF-8 with or without a byte order mark, line breaks of any kind. Missing
/// values are those of `MissingText`; a numeric column may instead hold nothing but `true` and `false`, which are 1 and 0;
/// fields are at most 1 MiB long. The path `-` is standard input.
package struct TableReader {
    let path: String
    /// Reading may stop once this many records are there (it goes on to the end of the piece in hand); nil reads all.
    var recordLimit: Int?
    /// Whether a few texts among numbers are missing values, for a reader who only looks.
    var isLenient = false
    /// Of an engine's rows; nil reads all.
    var sample: SampledRows?
    private(set) var requests: [ColumnRequest] = []

    package init(path: String) { self.path = path }

    /// The names in the header line.
    /// - Throws: `EspalierError`.
    package static func header(of path: String) throws -> [String] {
        try TableScan(path: path, requests: []).readHeader()
    }

    /// Columns whose type no reading takes, and the type: none in a file of text.
    /// - Throws: `EspalierError`.
    static func unreadable(of path: String) throws -> [(name: String, type: String)] {
        try EngineTable(path)?.columns.filter { !$0.isReadable }.map { ($0.name, $0.type) } ?? []
    }

    /// - Throws: `EspalierError(.data)` for a header that was written with another separator.
    static func refuseOtherSeparator(_ header: [String], path: String) throws {
        let delimiter = TableScan.delimiter(of: path)
        guard let hint = HeaderBinding.separatorHint(header, delimiter: delimiter) else { return }
        throw EspalierError(
            .data, "the columns seem to be separated by \(DisplayText.quoted(hint.separator))", file: path, line: 1,
            remedy: hint.remedy)
    }

    /// Columns whose type no id has: none in a file of text.
    /// - Throws: `EspalierError`.
    static func withoutIds(of path: String) throws -> Set<String> {
        Set(try EngineTable(path)?.columns.filter { !$0.canBeKey }.map(\.name) ?? [])
    }

    /// Asks for a column; asking for the same numbers twice is asking once.
    /// - Throws: `EspalierError(.data)` when a column is wanted both as numbers and as texts.
    package mutating func want(_ name: String, _ reading: ColumnReading, for purpose: String) throws {
        try want(name, reading, for: purpose, text: nil)
    }

    mutating func want(
        _ name: String, _ reading: ColumnReading, for purpose: String, text: TextFormat?,
        isOfPolicy: Bool = false
    ) throws {
        try want(
            ColumnRequest(name: name, reading: reading, purpose: purpose, text: text, isOfPolicy: isOfPolicy))
    }

    mutating func want(_ request: ColumnRequest) throws {
        guard let index = requests.firstIndex(where: { $0.name == request.name }) else {
            requests.append(request)
            return
        }
        let former = requests[index]
        func refuse(_ what: String) -> EspalierError {
            EspalierError(
                .data, "the column \(DisplayText.quoted(request.name)) \(what)", file: path,
                remedy: "copy it under another name")
        }
        switch (former.reading, request.reading) {
        case (let one, let other) where one == other: break
        case (.undecided, .number): requests[index] = request
        case (.number, .undecided): break
        default: throw refuse("cannot be both \(former.purpose) and \(request.purpose)")
        }
        guard former.text == request.text || former.text == nil || request.text == nil else {
            throw refuse("is written in two ways as \(former.purpose) and \(request.purpose)")
        }
        requests[index].text = former.text ?? request.text
    }

    /// Reads the file.
    ///
    /// An undecided column is judged on its texts (`ColumnKindJudgement`). Mostly the first piece of the file tells; texts that
    /// turn up later cost a second reading of the file, in which the column is one of texts from the start.
    /// - Throws: `EspalierError`, also for texts in the way of a column of numbers; `CancellationError`.
    package func read(context: RunContext = RunContext()) throws -> Table {
        var requests = requests
        while true {
            let scan = try TableScan(path: path, requests: requests, sample: sample)
            let turned = try scan.run(context: context, recordLimit: recordLimit)
            if turned.isEmpty { return try scan.table(isLenient: isLenient) }
            for index in requests.indices where turned.contains(requests[index].name) {
                requests[index].reading = .text
                requests[index].isJudged = true
            }
        }
    }

    /// Reads the file once, handing its records over some thousands at a time, so that memory does not grow with the file.
    /// - Returns: what was seen of the columns' texts.
    /// - Throws: what `each` throws, and as `read`; texts in the way are refused where the first stands.
    func stream(
        context: RunContext = RunContext(), each: (Table) throws -> Void
    ) throws -> [String: ColumnTexts] {
        try TableScan(path: path, requests: requests, isReadOnce: true).stream(context: context, each: each)
    }

    /// Reads the file in pieces as `stream` does and judges undecided columns as `read` does, so that memory does not grow with
    /// the file.
    /// - Parameter begin: called before each reading; a column that turns out to be one of texts costs another.
    /// - Returns: a table without columns, of as many records as the file has, with what was seen of the texts.
    /// - Throws: what `each` throws, and as `read`.
    func readInPieces(
        context: RunContext, begin: () -> Void, each: (Table) throws -> Void
    ) throws -> Table {
        var requests = requests
        while true {
            begin()
            let scan = try TableScan(path: path, requests: requests, sample: sample)
            let (turned, whole) = try scan.judgedStream(context: context, each: each)
            if let whole { return whole }
            for index in requests.indices where turned.contains(requests[index].name) {
                requests[index].reading = .text
                requests[index].isJudged = true
            }
        }
    }
}
