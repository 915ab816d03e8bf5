import Runtime
import Texts

/// Reads chosen columns of a data file: CSV, or TSV where the name says so, plain or gzip.
///
/// What is read: RFC 4180 with a header line, UTF-8 with or without a byte order mark, line breaks of any kind. Missing
/// values are those of `MissingText`; `true` and `false` in a numeric column are 1 and 0; fields are at most 1 MiB long.
package struct TableReader {
    let path: String
    /// Reading may stop once this many records are there (it goes on to the end of the piece in hand); nil reads all.
    var recordLimit: Int?
    private(set) var requests: [ColumnRequest] = []

    package init(path: String) { self.path = path }

    /// The names in the header line.
    /// - Throws: `EspalierError`.
    package static func header(of path: String) throws -> [String] {
        try TableScan(path: path, requests: []).readHeader()
    }

    /// Asks for a column; asking for the same numbers twice is asking once.
    /// - Throws: `EspalierError(.data)` when a column is wanted both as numbers and as texts.
    package mutating func want(_ name: String, _ reading: ColumnReading, for purpose: String) throws {
        guard let index = requests.firstIndex(where: { $0.name == name }) else {
            requests.append(ColumnRequest(name: name, reading: reading, purpose: purpose))
            return
        }
        switch (requests[index].reading, reading) {
        case (let former, let latter) where former == latter: break
        case (.undecided, .number): requests[index] = ColumnRequest(name: name, reading: reading, purpose: purpose)
        case (.number, .undecided): break
        default:
            throw EspalierError(
                .data,
                "the column \(DisplayText.quoted(name)) cannot be both \(requests[index].purpose) and \(purpose)",
                file: path,
                remedy: "copy it under another name")
        }
    }

    /// Reads the file.
    ///
    /// An undecided column is taken as numeric until a text turns up. Mostly the first piece of the file tells; a text that
    /// turns up later costs a second reading of the file, in which the column is one of texts from the start.
    /// - Throws: `EspalierError`; `CancellationError`.
    package func read(context: RunContext = RunContext()) throws -> Table {
        var requests = requests
        while true {
            let scan = try TableScan(path: path, requests: requests)
            let turned = try scan.run(context: context, recordLimit: recordLimit)
            if turned.isEmpty { return scan.table() }
            for index in requests.indices where turned.contains(requests[index].name) {
                requests[index].reading = .text
            }
        }
    }
}
