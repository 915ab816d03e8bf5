import Runtime
import Texts

/// A column of dates, by record.
struct Dates: Sendable {
    private let codes: [UInt64]

    /// - Parameters:
    ///   - table: holds the column as times.
    ///   - mayLack: whether a record may have none.
    /// - Throws: `EspalierError(.data)` with the line of a date that is missing.
    init(_ table: Table, column: String, file: String, mayLack: Bool = false) throws {
        guard case .keys(let codes)? = table[column] else {
            throw EspalierError(.internal, "the dates were not read", file: file)
        }
        if !mayLack, let record = codes.firstIndex(of: CalendarTime.missingCode) {
            throw EspalierError(
                .data, "the date \(DisplayText.quoted(column)) is missing here", file: file,
                line: table.line(of: record), remedy: "write dates as 2024-05-01 or 2024-05-01 12:30:00")
        }
        self.codes = codes
    }

    /// nil where missing.
    subscript(record: Int) -> CalendarTime? { CalendarTime(code: codes[record]) }

    func isMissing(_ record: Int) -> Bool { codes[record] == CalendarTime.missingCode }
}
