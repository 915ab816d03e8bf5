import Runtime
import Texts

/// The units of an exposure log: of the rows of each, the first exposure gives the arm and what is not aggregated.
///
/// A row without an arm is an event; it exposes nobody. What does not come from the first exposure alone does not depend on the
/// order of the rows.
struct ExposedUnits {
    /// One record a unit, in the order of their first exposures in the file.
    let table: Table
    let notes: ExposureNotes

    /// - Parameters:
    ///   - table: of all rows, with keys of units, levels of the treatment and labels of the date of exposure.
    /// - Throws: `EspalierError(.data)` for a date that is missing or cannot be read, and an aggregate of texts.
    init(
        _ table: Table, log: ExposureLog, unit: String, treatment: String, exposure: String, file: String
    ) throws {
        guard case .keys(let keys)? = table[unit], case .levels(let arms, let names)? = table[treatment] else {
            throw EspalierError(.internal, "the columns of the log were not read", file: file)
        }
        let times = try Dates(table, column: exposure, file: file)
        let index = UnitIndex(keys)
        let isExposure = arms.map { $0 >= 0 && !MissingText.matches(names[Int($0)]) }
        // The first exposure of each unit, by time; of several at once the one with the smallest arm, then the first.
        var first = [Int](repeating: -1, count: index.count)
        for (row, unit) in index.ofRecord.enumerated() where isExposure[row] {
            let present = first[Int(unit)]
            guard present >= 0 else {
                first[Int(unit)] = row
                continue
            }
            let (own, best) = (times.time(row).instant, times.time(present).instant)
            if own < best || (own == best && names[Int(arms[row])] < names[Int(arms[present])]) {
                first[Int(unit)] = row
            }
        }
        var isCrossed = [Bool](repeating: false, count: index.count)
        var example: Int?
        for (row, unit) in index.ofRecord.enumerated() where isExposure[row] && arms[row] != arms[first[Int(unit)]] {
            if !isCrossed[Int(unit)], example == nil { example = row }
            isCrossed[Int(unit)] = true
        }
        let isKept = first.indices.map { first[$0] >= 0 && !(log.crossovers == .drop && isCrossed[$0]) }
        let units = first.indices.filter { isKept[$0] }.sorted { first[$0] < first[$1] }
        guard !units.isEmpty else {
            throw EspalierError(
                .data, "no unit of the exposure log has an arm of its own", file: file,
                remedy: "check the treatment and the unit column")
        }
        var position = [Int32](repeating: -1, count: index.count)
        for (place, unit) in units.enumerated() { position[unit] = Int32(place) }
        var earlyRows = 0
        var placeOfRow = index.ofRecord.map { position[Int($0)] }
        for row in placeOfRow.indices where placeOfRow[row] >= 0 {
            let start = times.time(first[Int(index.ofRecord[row])])
            guard !times.time(row).isOnOrAfter(start) else { continue }
            earlyRows += 1
            placeOfRow[row] = -1
        }
        let records = units.map { first[$0] }
        var columns: [String: Table.Column] = [:]
        for name in table.columnNames {
            columns[name] = try Self.column(
                name, table, log.aggregates[name], records: records, placeOfRow, file: file)
        }
        self.table = table.reduced(to: records, columns: columns)
        notes = ExposureNotes(
            rows: keys.count, units: units.count, crossovers: isCrossed.count { $0 },
            leavesCrossoversOut: log.crossovers == .drop, crossoverLine: example.map { table.line(of: $0) },
            earlyRows: earlyRows, neverExposed: first.count { $0 < 0 })
    }

    private static func column(
        _ name: String, _ table: Table, _ aggregate: JoinedFile.Aggregate?, records: [Int], _ placeOfRow: [Int32],
        file: String
    ) throws -> Table.Column? {
        switch table[name] {
        case .numbers(let values)?:
            guard let aggregate, aggregate != .latest else { return .numbers(records.map { values[$0] }) }
            return .numbers(
                JoinSource.aggregated(aggregate, values, placeOfRow, count: records.count, sumOfNone: .nan))
        case .levels(let codes, let names)?:
            guard aggregate == nil else {
                throw EspalierError(
                    .data,
                    "the column \(DisplayText.quoted(name)) holds texts, which have no \(aggregate?.rawValue ?? "")",
                    file: file, remedy: "remove it from aggregate; its value at the first exposure counts")
            }
            // Levels that only other rows have are no levels of the units.
            var isUsed = [Bool](repeating: false, count: names.count)
            for record in records where codes[record] >= 0 { isUsed[Int(codes[record])] = true }
            var place = [Int32](repeating: -1, count: names.count)
            let kept = names.indices.filter { isUsed[$0] }
            for (index, code) in kept.enumerated() { place[code] = Int32(index) }
            return .levels(
                codes: records.map { codes[$0] < 0 ? -1 : place[Int(codes[$0])] }, names: kept.map { names[$0] })
        case .keys(let keys)?: return .keys(records.map { keys[$0] })
        case .identities(let keys, let texts)?:
            return .identities(keys: records.map { keys[$0] }, texts: records.map { texts[$0] })
        case nil: return nil
        }
    }
}
