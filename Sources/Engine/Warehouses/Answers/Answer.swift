import Runtime
import Texts

/// What an engine answers: columns of one length.
package struct Answer: Sendable, Equatable {
    package let columns: [AnswerColumn]
    package let rowCount: Int
    /// How much the engine sent.
    package let byteCount: Int

    init(columns: [AnswerColumn], rowCount: Int, byteCount: Int) {
        self.columns = columns
        self.rowCount = rowCount
        self.byteCount = byteCount
    }

    /// - Parameters:
    ///   - csv: records without a header, NULL as nothing and the empty text as `""`.
    ///   - kinds: what each column is asked for as.
    /// - Throws: `EspalierError(.data)` for records of another length and for a field that is not of its kind.
    init(csv: [UInt8], kinds: [AnswerColumn.Kind], file: String?) throws {
        if let numbers = NumberRecords(csv, kinds) {
            self.init(columns: numbers.columns, rowCount: numbers.rowCount, byteCount: csv.count)
            return
        }
        var fields: [[String?]] = kinds.map { _ in [] }
        var rows = 0
        try CSVRecords.each(in: csv) { record in
            guard record.count == kinds.count else {
                throw EspalierError(
                    .data, "the engine answered \(record.count) columns where \(kinds.count) were asked for", file: file
                )
            }
            for (column, field) in record.enumerated() { fields[column].append(field) }
            rows += 1
        }
        let columns: [AnswerColumn] = try zip(kinds, fields).map { kind, texts in
            switch kind {
            case .integer: .integers(try texts.map { try Self.parsed($0, "an integer", file) { Int($0) } })
            case .double: .doubles(try texts.map { try Self.parsed($0, "a number", file) { Double($0) } })
            case .text: .texts(texts)
            }
        }
        self.init(columns: columns, rowCount: rows, byteCount: csv.count)
    }

    package subscript(column: Int) -> AnswerColumn { columns[column] }

    private static func parsed<Value>(
        _ text: String?, _ what: String, _ file: String?, _ parse: (String) -> Value?
    ) throws -> Value? {
        guard let text else { return nil }
        guard let value = parse(text) else {
            throw EspalierError(
                .data, "the engine answered \(DisplayText.quoted(text)) where \(what) was asked for", file: file)
        }
        return value
    }
}
