import Runtime
import Texts

/// Some columns of numbers of a data file that is no experiment, such as scores made elsewhere; every value must be there.
package struct NumberColumns: Sendable {
    /// In the order asked for, one entry per record.
    package let columns: [[Double]]
    private let lines: RecordLines

    /// The physical line, from 1, on which a record begins.
    package func line(of record: Int) -> Int { lines.line(of: record) }

    /// - Parameter names: of the columns, each with what it is for, as "score".
    /// - Throws: `EspalierError(.data)` that names a missing column, or the line of a text or of a missing value; `.noInput`;
    ///   `CancellationError`.
    package static func read(
        _ path: String, _ names: [(name: String, purpose: String)], context: RunContext = RunContext()
    ) throws -> NumberColumns {
        var reader = TableReader(path: path)
        for (name, purpose) in names { try reader.want(name, .number, for: purpose) }
        let table = try reader.read(context: context)
        let columns = names.map { table.numbers($0.name) }
        for (column, entry) in zip(columns, names) {
            if let record = column.firstIndex(where: { !$0.isFinite }) {
                throw EspalierError(
                    .data, "the \(entry.purpose) \(DisplayText.quoted(entry.name)) is missing here", file: path,
                    line: table.lines.line(of: record), remedy: "give every unit one, or leave the unit out")
            }
        }
        return NumberColumns(columns: columns, lines: table.lines)
    }
}
