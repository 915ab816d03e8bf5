import Runtime

/// Rows as lines of CSV: NULL is nothing, every text is in quotes, and numbers are written so that they are read back the same.
enum CSVLines {
    static func header(_ names: [String]) -> [UInt8] {
        Array(names.map(quoted).joined(separator: ",").utf8) + [UInt8(ascii: "\n")]
    }

    /// - Throws: `EspalierError(.data)` for a column that is neither of numbers nor of texts.
    static func lines(of rows: ArrowRows, address: String) throws -> [UInt8] {
        let columns = try rows.formats.indices.map { column -> [String] in
            if let texts = rows.texts(column) { return texts.map { $0.map(quoted) ?? "" } }
            if let integers = rows.integers(column) { return integers.map { $0.map(String.init) ?? "" } }
            if let doubles = rows.doubles(column) { return doubles.map { $0.map { "\($0)" } ?? "" } }
            throw EspalierError(
                .data, "the column \(rows.names[column]) is neither of numbers nor of texts", file: address)
        }
        var bytes: [UInt8] = []
        for row in 0..<rows.rowCount {
            for (index, column) in columns.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                bytes += column[row].utf8
            }
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }

    private static func quoted(_ text: String) -> String { "\"" + text.replacing("\"", with: "\"\"") + "\"" }
}
