import Runtime
import Texts

/// A column of dates, by record.
struct Dates: Sendable {
    let codes: [Int32]
    let times: [CalendarTime]
    let texts: [String]

    /// - Parameter mayLack: whether a record may have none.
    /// - Throws: `EspalierError(.data)` with the line of a date that is missing or cannot be read.
    init(_ table: Table, column: String, file: String, mayLack: Bool = false) throws {
        guard case .levels(let codes, let names)? = table[column] else {
            throw EspalierError(.internal, "the dates were not read", file: file)
        }
        func error(_ message: String, _ record: Int?) -> EspalierError {
            EspalierError(
                .data, message, file: file, line: record.map { table.lines.line(of: $0) },
                remedy: "write dates as 2024-05-01 or 2024-05-01 12:30:00")
        }
        let times = names.map { CalendarTime($0) }
        if let bad = times.firstIndex(of: nil) {
            throw error(
                "\(DisplayText.quoted(names[bad])) in the column \(DisplayText.quoted(column)) is no date",
                codes.firstIndex(of: Int32(bad)))
        }
        if !mayLack, let record = codes.firstIndex(of: -1) {
            throw error("the date \(DisplayText.quoted(column)) is missing here", record)
        }
        self.codes = codes
        self.times = times.compactMap { $0 }
        texts = names
    }

    func isMissing(_ record: Int) -> Bool { codes[record] < 0 }
    func time(_ record: Int) -> CalendarTime { times[Int(codes[record])] }
    func text(_ record: Int) -> String { texts[Int(codes[record])] }
}
