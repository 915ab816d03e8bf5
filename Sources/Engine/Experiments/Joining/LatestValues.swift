import Runtime
import Texts

/// The latest value of each unit, as the rows come.
struct LatestValues: Sendable {
    private let name: String
    private var values = UnitValues()
    /// By unit: code of the latest time, 0 before the first; its record, and the first other record of that time.
    private var times: [UInt64]
    private var records: [UInt32]
    private var ties: [UInt32]
    private static let noRecord = UInt32.max

    init(_ name: String, unitCount: Int) {
        self.name = name
        times = Array(repeating: 0, count: unitCount)
        records = Array(repeating: Self.noRecord, count: unitCount)
        ties = records
    }

    /// - Parameters:
    ///   - times: codes by record of the piece.
    ///   - unitOfRecord: -1 for a record that does not count.
    mutating func take(_ piece: Table, times codes: [UInt64], unitOfRecord: [Int32]) {
        values.begin(piece[name])
        for (record, unit) in unitOfRecord.enumerated() where unit >= 0 && values.holds(record) {
            let (unit, place) = (Int(unit), UInt32(piece.firstRecord + record))
            if records[unit] == Self.noRecord || codes[record] >> 1 > times[unit] >> 1 {
                (times[unit], records[unit], ties[unit]) = (codes[record], place, Self.noRecord)
                values.set(unit, to: record)
            } else if codes[record] >> 1 == times[unit] >> 1, ties[unit] == Self.noRecord {
                ties[unit] = place
            }
        }
    }

    /// - Throws: `EspalierError(.data)` for a unit with two latest values.
    func column(lines: RecordLines, file: String) throws -> Table.Column {
        if let unit = ties.indices.min(by: { ties[$0] < ties[$1] }), ties[unit] != Self.noRecord {
            let (first, second) = (lines.line(of: Int(records[unit])), lines.line(of: Int(ties[unit])))
            throw EspalierError(
                .data,
                "two rows of one unit have the same latest date \(CalendarTime(code: times[unit])?.text ?? ""), on lines \(first) "
                    + "and \(second), so that \(DisplayText.quoted(name)) is ambiguous", file: file, line: second,
                remedy: "keep one of them, or give dates their time of day")
        }
        return values.column(of: times.indices)
    }
}
