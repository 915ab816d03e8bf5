import Runtime
import Texts

/// One file to be joined.
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
        let columns: [String: Table.Column]
        let texts: [String: ColumnTexts]
        let digest: DataDigest
        let notes: JoinNotes
    }

    /// - Throws: `EspalierError(.data)` with lines: a unit with two rows where one is expected, a column without an aggregate,
    ///   a date that cannot be read, no unit in common.
    func read(
        _ requests: [ColumnRequest], units: UnitIndex, exposures: Dates?, first: String, firstPath: String,
        firstKey: String, context: RunContext
    ) throws -> Part {
        var reader = TableReader(path: path)
        try reader.want(key, .key, for: "unit")
        if let date = file.date { try reader.want(date, .label, for: "date") }
        for request in requests {
            var request = request
            request.reading = try reading(request)
            try reader.want(request)
        }
        let (table, digest) = try DataFile.read(reader, as: file.file, context: context)
        guard case .keys(let keys)? = table[key] else {
            throw EspalierError(.internal, "the key column was not read", file: path)
        }
        if file.grain == .unit { try refuseDuplicates(keys, table, context: context) }
        var unitOfRow = keys.map { units[$0].map(Int32.init) ?? -1 }
        let stray = unitOfRow.count { $0 < 0 }
        let dates = try file.date.map { try Dates(table, column: $0, file: path) }
        var notes = JoinNotes(
            file: file.file, rowCount: keys.count, matchedUnits: 0, unitCount: units.count, strayRows: stray,
            lateRows: 0, leavesLateRowsOut: file.grain == .many)
        if let dates, let exposures { findLate(dates, exposures, units, table, &unitOfRow, &notes) }
        var isMatched = [Bool](repeating: false, count: units.count)
        for unit in unitOfRow where unit >= 0 { isMatched[Int(unit)] = true }
        notes.matchedUnits = isMatched.count { $0 }
        if stray > 0, notes.matchedUnits < units.count {
            notes.otherSpelling = try spelling(
                of: keys, units: units, firstPath: firstPath, firstKey: firstKey, context)
        }
        guard stray < keys.count else {
            throw EspalierError(
                .data,
                "no unit of \(first) has a row here: no value of \(DisplayText.quoted(key)) is one of its units"
                    + (notes.otherSpelling.map { ", but \($0.sentence(first: first))" } ?? ""),
                file: path, remedy: "check which column is the key, and how the ids are written")
        }
        let joined = unitOfRow
        let collected = try context.workers.map(requests.count) { index in
            try collect(requests[index].name, table, joined, dates, units)
        }
        return Part(
            columns: Dictionary(zip(requests.map(\.name), collected)) { first, _ in first },
            texts: Dictionary(requests.map { ($0.name, table.texts($0.name)) }) { first, _ in first }, digest: digest,
            notes: notes)
    }

    /// A unit that the first file lacks and that is one of its units without a row here, written in another way.
    private func spelling(
        of keys: [UInt64], units: UnitIndex, firstPath: String, firstKey: String, _ context: RunContext
    ) throws -> JoinNotes.Spelling? {
        let here = try UnitIds.read(path, unit: .column(key), context: context)
        let present = Set(keys)
        let there = try UnitIds.read(firstPath, unit: .column(firstKey), context: context)
        var missing: [String: String] = [:]
        for (id, key) in zip(there.texts, there.keys) where !present.contains(key) {
            let plain = IdSpelling.plain(id)
            if missing[plain] == nil { missing[plain] = id }
        }
        for (id, key) in zip(here.texts, here.keys) where units[key] == nil {
            if let twin = missing[IdSpelling.plain(id)] { return JoinNotes.Spelling(here: id, first: twin) }
        }
        return nil
    }

    /// Numbers are needed wherever values are added up or compared.
    private func reading(_ request: ColumnRequest) throws -> ColumnReading {
        guard file.grain == .many else { return request.reading }
        guard let aggregate = file.aggregate(of: request.name) else {
            throw EspalierError(
                .data,
                "the \(request.purpose) column \(DisplayText.quoted(request.name)) has many values for each unit and no aggregate",
                file: path, remedy: "add it to aggregate in the file's entry under data")
        }
        guard aggregate != .latest else { return request.reading }
        guard request.reading == .number || request.reading == .undecided else {
            throw EspalierError(
                .data,
                "the \(request.purpose) column \(DisplayText.quoted(request.name)) holds texts, which have no \(aggregate.rawValue)",
                file: path, remedy: "use latest, or kind: numeric if they are numbers")
        }
        return .number
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

    /// Rows dated on or after their unit's exposure: where a unit has many they are left out, where it has one they are used
    /// and reported.
    private func findLate(
        _ dates: Dates, _ exposures: Dates, _ units: UnitIndex, _ table: Table, _ unitOfRow: inout [Int32],
        _ notes: inout JoinNotes
    ) {
        var recordOfUnit = [Int](repeating: 0, count: units.count)
        for (record, unit) in units.ofRecord.enumerated().reversed() { recordOfUnit[Int(unit)] = record }
        for row in unitOfRow.indices where unitOfRow[row] >= 0 {
            let record = recordOfUnit[Int(unitOfRow[row])]
            guard dates.time(row).isOnOrAfter(exposures.time(record)) else { continue }
            notes.lateRows += 1
            if notes.lateExample == nil {
                notes.lateExample = JoinNotes.LateLabel(
                    line: table.lines.line(of: row), date: dates.text(row), exposure: exposures.text(record))
            }
            if file.grain == .many { unitOfRow[row] = -1 }
        }
    }

    /// A column by record of the first file.
    private func collect(
        _ column: String, _ table: Table, _ unitOfRow: [Int32], _ dates: Dates?, _ units: UnitIndex
    ) throws -> Table.Column {
        let aggregate = file.grain == .unit ? nil : file.aggregate(of: column)
        switch table[column] {
        case .levels(let codes, let names)?:
            let row = try chosenRows(column, table, unitOfRow, dates, units, latest: aggregate == .latest) {
                codes[$0] >= 0
            }
            return .levels(codes: units.ofRecord.map { row[Int($0)] < 0 ? -1 : codes[Int(row[Int($0)])] }, names: names)
        case .numbers(let values)?:
            guard let aggregate, aggregate != .latest else {
                let row = try chosenRows(column, table, unitOfRow, dates, units, latest: aggregate == .latest) {
                    !values[$0].isNaN
                }
                return .numbers(units.ofRecord.map { row[Int($0)] < 0 ? .nan : values[Int(row[Int($0)])] })
            }
            let byUnit = Self.aggregated(aggregate, values, unitOfRow, count: units.count)
            return .numbers(units.ofRecord.map { byUnit[Int($0)] })
        default: throw EspalierError(.internal, "the column \(column) was not read", file: path)
        }
    }

    /// The row whose value each unit gets, -1 for none: its only one, or the latest that holds a value.
    private func chosenRows(
        _ column: String, _ table: Table, _ unitOfRow: [Int32], _ dates: Dates?, _ units: UnitIndex, latest: Bool,
        holds: (Int) -> Bool
    ) throws -> [Int32] {
        var chosen = [Int32](repeating: -1, count: units.count)
        for (row, unit) in unitOfRow.enumerated() where unit >= 0 && holds(row) {
            let present = chosen[Int(unit)]
            guard present >= 0 else {
                chosen[Int(unit)] = Int32(row)
                continue
            }
            guard latest, let dates else { continue }
            let (own, best) = (dates.time(row).instant, dates.time(Int(present)).instant)
            if own > best { chosen[Int(unit)] = Int32(row) }
        }
        guard latest, let dates else { return chosen }
        // Only a tie at the latest date is ambiguous; which tie is found first must not depend on rows in between.
        for (row, unit) in unitOfRow.enumerated() where unit >= 0 && holds(row) {
            let best = Int(chosen[Int(unit)])
            guard row != best, dates.time(row).instant == dates.time(best).instant else { continue }
            let lines = [table.lines.line(of: best), table.lines.line(of: row)].sorted()
            throw EspalierError(
                .data,
                "two rows of one unit have the same latest date \(dates.text(row)), on lines \(lines[0]) and \(lines[1]), so "
                    + "that \(DisplayText.quoted(column)) is ambiguous", file: path, line: lines[1],
                remedy: "keep one of them, or give dates their time of day")
        }
        return chosen
    }

    /// By unit; NaN where a unit has no value. Values are put in order first, so that sums do not depend on that of the rows.
    private static func aggregated(
        _ aggregate: JoinedFile.Aggregate, _ values: [Double], _ unitOfRow: [Int32], count: Int
    ) -> [Double] {
        var entries: [(unit: Int32, value: Double)] = []
        entries.reserveCapacity(values.count)
        for (row, unit) in unitOfRow.enumerated() where unit >= 0 && !values[row].isNaN {
            entries.append((unit, values[row]))
        }
        entries.sort { ($0.unit, $0.value) < ($1.unit, $1.value) }
        var result = [Double](repeating: aggregate == .count ? 0 : .nan, count: count)
        var start = 0
        while start < entries.count {
            var end = start
            var sum = 0.0
            while end < entries.count, entries[end].unit == entries[start].unit {
                sum += entries[end].value
                end += 1
            }
            let unit = Int(entries[start].unit)
            switch aggregate {
            case .sum: result[unit] = sum
            case .mean: result[unit] = sum / Double(end - start)
            case .min, .latest: result[unit] = entries[start].value
            case .max: result[unit] = entries[end - 1].value
            case .count: result[unit] = Double(end - start)
            }
            start = end
        }
        return result
    }
}
