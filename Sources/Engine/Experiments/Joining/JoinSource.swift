import Runtime
import Texts

/// One file to be joined that has one row for each unit.
struct JoinSource {
    private let file: JoinedFile
    private let path: String
    private let key: String

    init(_ file: JoinedFile, path: String, unit: String) {
        self.file = file
        self.path = path
        key = file.key ?? unit
    }

    struct Part {
        /// By record of the first file.
        let columns: [String: Table.Column]
        let texts: [String: ColumnTexts]
        let digest: DataDigest
        let notes: JoinNotes
    }

    /// - Throws: `EspalierError(.data)` with lines: a unit with two rows, a date that is missing or cannot be read, no unit in
    ///   common.
    func read(_ requests: [ColumnRequest], units: FirstUnits, context: RunContext) throws -> Part {
        var reader = TableReader(path: path)
        try reader.want(key, .key, for: "unit")
        if let date = file.date { try reader.want(date, .time, for: "date") }
        for request in requests { try reader.want(request) }
        let (table, digest) = try DataFile.read(reader, as: file.file, context: context)
        guard case .keys(let keys)? = table[key] else {
            throw EspalierError(.internal, "the key column was not read", file: path)
        }
        try refuseDuplicates(keys, table, context: context)
        let dates = try file.date.map { try Dates(table, column: $0, file: path) }
        var rowOfUnit = [Int32](repeating: -1, count: units.index.count)
        var stray = 0
        for (row, key) in keys.enumerated() {
            if let unit = units.index[key] { rowOfUnit[unit] = Int32(row) } else { stray += 1 }
        }
        var notes = JoinNotes(
            file: file.file, rowCount: keys.count, matchedUnits: rowOfUnit.count { $0 >= 0 },
            unitCount: units.index.count, strayRows: stray, lateRows: 0, leavesLateRowsOut: false)
        if let dates { findLate(dates, units, keys, table, &notes) }
        if stray > 0, notes.matchedUnits < units.index.count {
            notes.otherSpelling = try units.spelling(of: key, in: path, context: context)
        }
        guard stray < keys.count else {
            throw units.noneInCommon(key: key, spelling: notes.otherSpelling, file: path)
        }
        let rowOfRecord = units.unitOfRecord.map { rowOfUnit[Int($0)] }
        var columns: [String: Table.Column] = [:]
        for request in requests { columns[request.name] = table[request.name]?.gathered(rowOfRecord) }
        return Part(columns: columns, texts: table.allTexts, digest: digest, notes: notes)
    }

    private func refuseDuplicates(_ keys: [UInt64], _ table: Table, context: RunContext) throws {
        var firstRow: [UInt64: Int32] = [:]
        firstRow.reserveCapacity(keys.count)
        var repeats = 0
        var example: (first: Int, second: Int)?
        for (row, key) in keys.enumerated() {
            if let first = firstRow[key] {
                repeats += 1
                if example == nil { example = (Int(first), row) }
            } else {
                firstRow[key] = Int32(row)
            }
        }
        guard let example else { return }
        let ids = try UnitIds.read(path, unit: .column(key), context: context)
        let others =
            repeats > 1 ? ", and \(HealthText.count(repeats - 1, "more row")) of units that have one already" : ""
        throw EspalierError(
            .data,
            "the unit \(DisplayText.quoted(ids.texts[example.first])) stands on lines \(table.lines.line(of: example.first)) and "
                + "\(table.lines.line(of: example.second)), where one row for each unit is expected\(others)",
            file: path, line: table.lines.line(of: example.second),
            remedy: "remove the extra rows, or say grain: many and how to aggregate")
    }

    /// Rows dated on or after their unit's exposure are used and reported.
    private func findLate(
        _ dates: Dates, _ units: FirstUnits, _ keys: [UInt64], _ table: Table, _ notes: inout JoinNotes
    ) {
        for (row, key) in keys.enumerated() {
            guard let unit = units.index[key], let date = dates[row],
                let exposure = units.exposures?[units.records[unit]], date.isOnOrAfter(exposure)
            else { continue }
            notes.lateRows += 1
            if notes.lateExample == nil {
                notes.lateExample = JoinNotes.LateLabel(
                    line: table.lines.line(of: row), date: date.text, exposure: exposure.text)
            }
        }
    }
}
