import Runtime
import Texts

/// The rows of a file that holds many for each unit, read in pieces: what the values of each unit become.
struct EventRows: Sendable {
    let path: String
    /// The column of the unit's id.
    let key: String
    /// The column of the rows' dates; nil where they have none.
    let date: String?
    let requests: [ColumnRequest]
    /// By column.
    let aggregates: [String: JoinedFile.Aggregate]
    /// The column whose levels break requests such as `revenue[books]` down; nil where there is none.
    var by: String?

    /// What becomes of a row.
    enum Verdict {
        case counts, early, late
    }

    /// How many rows there were of each sort.
    struct Tally: Sendable {
        /// Rows of units that are not among the units.
        var stray = 0
        var early = 0
        var late = 0
        /// The first row that does not count, and its date.
        var example: (record: Int, unit: Int, time: CalendarTime)?
        /// By unit: whether a row of it counts.
        var isMatched: [Bool]
        /// Rows that count by level of `by`, as many levels as are followed.
        var rowsOfLevel: [String: Int] = [:]
    }

    struct Result: Sendable {
        /// By unit.
        let columns: [String: Table.Column]
        let tally: Tally
        /// Of as many records as the file has rows, without columns.
        let whole: Table
    }

    /// So many levels are counted.
    private static let mostLevels = 10_000

    /// A column to be aggregated: its name, the column of the file, and the level whose rows count.
    private struct Wanted {
        let name: String
        let column: String
        let level: String?

        init(_ request: ColumnRequest, by: String?) {
            let parts = by == nil ? nil : LevelColumn(request.name)
            name = request.name
            column = parts?.column ?? request.name
            level = parts?.level
        }
    }

    /// - Parameters:
    ///   - sumOfNone: the sum of a unit without a value.
    ///   - verdict: whether a row of a unit counts, by its date.
    /// - Throws: `EspalierError(.data)`; `CancellationError`.
    /// - Complexity: O(bytes); memory O(units x columns).
    func read(
        units: UnitIndex, sumOfNone: Double, context: RunContext,
        verdict: (_ unit: Int, _ time: CalendarTime?) -> Verdict
    ) throws -> Result {
        var reader = TableReader(path: path)
        try reader.want(key, .key, for: "unit")
        if let date { try reader.want(date, .time, for: "date") }
        if let by { try reader.want(by, .text, for: "breakdown") }
        let wanted = requests.map { Wanted($0, by: by) }
        for (var request, wanted) in zip(requests, wanted) {
            request.name = wanted.column
            try reader.want(request)
        }
        var sums: [(wanted: Wanted, UnitAggregate)] = []
        var latest: [(name: String, LatestValues)] = []
        var tally = Tally(isMatched: [])
        let whole = try reader.readInPieces(context: context) {
            tally = Tally(isMatched: Array(repeating: false, count: units.count))
            sums = []
            latest = []
            for wanted in wanted {
                guard let aggregate = aggregates[wanted.name] else { continue }
                if aggregate == .latest {
                    latest.append((wanted.name, LatestValues(wanted.name, unitCount: units.count)))
                } else {
                    sums.append((wanted, UnitAggregate(aggregate, unitCount: units.count)))
                }
            }
        } each: { piece in
            let (unitOfRecord, times) = try judge(piece, units, &tally, verdict)
            let levels = by.flatMap { piece[$0] }
            countLevels(levels, unitOfRecord, &tally)
            for index in sums.indices {
                let wanted = sums[index].wanted
                let records = wanted.level.map { Self.masked(unitOfRecord, levels, $0) } ?? unitOfRecord
                sums[index].1.take(piece.numbers(wanted.column), unitOfRecord: records)
            }
            for index in latest.indices { latest[index].1.take(piece, times: times, unitOfRecord: unitOfRecord) }
        }
        var columns: [String: Table.Column] = [:]
        for (wanted, sum) in sums {
            var values = sum.values(sumOfNone: sumOfNone)
            if wanted.level != nil, aggregates[wanted.name] == .sum {
                // A unit with rows has none of this level: nothing, not something unknown.
                for unit in values.indices where values[unit].isNaN && tally.isMatched[unit] { values[unit] = 0 }
            }
            columns[wanted.name] = .numbers(values)
        }
        for (name, values) in latest { columns[name] = try values.column(lines: whole.lines, file: path) }
        return Result(columns: columns, tally: tally, whole: whole)
    }

    private func countLevels(_ levels: Table.Column?, _ unitOfRecord: [Int32], _ tally: inout Tally) {
        guard case .levels(let codes, let names)? = levels else { return }
        var rows = Array(repeating: 0, count: names.count)
        for (record, unit) in unitOfRecord.enumerated() where unit >= 0 && codes[record] >= 0 {
            rows[Int(codes[record])] += 1
        }
        for (code, count) in rows.enumerated() where count > 0 {
            guard tally.rowsOfLevel[names[code]] != nil || tally.rowsOfLevel.count < Self.mostLevels else { continue }
            tally.rowsOfLevel[names[code], default: 0] += count
        }
    }

    /// The records of one level.
    private static func masked(_ unitOfRecord: [Int32], _ levels: Table.Column?, _ level: String) -> [Int32] {
        guard case .levels(let codes, let names)? = levels, let code = names.firstIndex(of: level) else {
            return Array(repeating: -1, count: unitOfRecord.count)
        }
        return zip(unitOfRecord, codes).map { $1 == Int32(code) ? $0 : -1 }
    }

    /// The unit of each record of a piece, -1 where it does not count, and the codes of its times.
    private func judge(
        _ piece: Table, _ units: UnitIndex, _ tally: inout Tally, _ verdict: (Int, CalendarTime?) -> Verdict
    ) throws -> (unitOfRecord: [Int32], times: [UInt64]) {
        guard case .keys(let keys)? = piece[key] else {
            throw EspalierError(.internal, "the key column was not read", file: path)
        }
        var times: [UInt64] = []
        if let date {
            _ = try Dates(piece, column: date, file: path)
            if case .keys(let codes)? = piece[date] { times = codes }
        }
        var unitOfRecord = [Int32](repeating: -1, count: keys.count)
        for record in keys.indices {
            guard let unit = units[keys[record]] else {
                tally.stray += 1
                continue
            }
            let time = times.isEmpty ? nil : CalendarTime(code: times[record])
            switch verdict(unit, time) {
            case .counts:
                unitOfRecord[record] = Int32(unit)
                tally.isMatched[unit] = true
                continue
            case .early: tally.early += 1
            case .late: tally.late += 1
            }
            if tally.example == nil, let time { tally.example = (piece.firstRecord + record, unit, time) }
        }
        return (unitOfRecord, times)
    }
}
