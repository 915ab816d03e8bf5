import Runtime
import Texts

/// One file to be joined that has many rows for each unit. Memory grows with the units, not with the rows.
struct EventSource {
    private let file: JoinedFile
    private let path: String
    private let key: String

    init(_ file: JoinedFile, path: String, unit: String) {
        self.file = file
        self.path = path
        key = file.key ?? unit
    }

    /// - Throws: `EspalierError(.data)` with lines: a column without an aggregate, a date that is missing or cannot be read, two
    ///   latest values of a unit, no unit in common.
    func read(
        _ requests: [ColumnRequest], units: FirstUnits, context: RunContext
    ) throws -> JoinSource.Part {
        let aggregates = Dictionary(
            requests.compactMap { request in aggregate(of: request).map { (request.name, $0) } }
        ) { first, _ in first }
        let events = EventRows(
            path: path, key: key, date: file.date, requests: try requests.map(asAggregated), aggregates: aggregates,
            by: file.by)
        let (index, exposures) = (units.index, units.exposures)
        let (result, digest) = try DataFile.read(path, as: file.file, context: context) {
            // No event in the window is a sum of 0, not an unknown one.
            try events.read(units: index, sumOfNone: file.window == nil ? .nan : 0, context: context) { unit, time in
                guard let exposures, let time else { return .counts }
                guard let start = exposures[units.records[unit]] else { return file.window == nil ? .counts : .late }
                if let window = file.window { return time.isWithin(window, from: start) ? .counts : .late }
                return time.isOnOrAfter(start) ? .late : .counts
            }
        }
        let tally = result.tally
        var notes = JoinNotes(
            file: file.file, rowCount: result.whole.recordCount, matchedUnits: tally.isMatched.count { $0 },
            unitCount: index.count, strayRows: tally.stray, lateRows: file.window == nil ? tally.late : 0,
            leavesLateRowsOut: true)
        if file.window != nil { notes.outsideRows = tally.late }
        if file.window == nil, let example = tally.example {
            notes.lateExample = JoinNotes.LateLabel(
                line: result.whole.line(of: example.record), date: example.time.text,
                exposure: exposures?[units.records[example.unit]]?.text ?? "")
        }
        if tally.stray > 0, notes.matchedUnits < index.count {
            notes.otherSpelling = try units.spelling(of: key, in: path, context: context)
        }
        guard tally.stray < result.whole.recordCount else {
            throw units.noneInCommon(key: key, spelling: notes.otherSpelling, file: path)
        }
        try noteLevels(requests, tally, &notes)
        let columns = result.columns.mapValues { $0.gathered(units.unitOfRecord) }
        return JoinSource.Part(columns: columns, texts: result.whole.allTexts, digest: digest, notes: notes)
    }

    private func aggregate(of request: ColumnRequest) -> JoinedFile.Aggregate? {
        file.aggregate(of: request.name)
            ?? (file.by == nil ? nil : LevelColumn(request.name).flatMap { file.aggregate(of: $0.column) })
    }

    /// - Throws: `EspalierError(.data)` for a level that no row has.
    private func noteLevels(
        _ requests: [ColumnRequest], _ tally: EventRows.Tally, _ notes: inout JoinNotes
    ) throws {
        guard let by = file.by else { return }
        let levels = tally.rowsOfLevel
        var wanted: Set<String> = []
        for request in requests {
            guard let level = LevelColumn(request.name)?.level else { continue }
            guard levels[level] != nil else {
                let known = levels.keys.sorted { (levels[$1] ?? 0, $0) < (levels[$0] ?? 0, $1) }
                throw EspalierError(
                    .data,
                    "no row that counts has the level \(DisplayText.quoted(level)) of \(DisplayText.quoted(by)), for the "
                        + "\(request.purpose) \(DisplayText.quoted(request.name))", file: path,
                    remedy: NearestName.hint(level, among: known)
                        ?? "its levels are \(HealthText.names(known))")
            }
            wanted.insert(level)
        }
        let others = levels.filter { !wanted.contains($0.key) }
        notes.breakdown = JoinNotes.Breakdown(
            column: by, levels: levels.count, used: wanted.count, rows: levels.values.reduce(0, +),
            otherRows: others.values.reduce(0, +),
            largestOther: others.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key)
    }

    /// Numbers are needed wherever values are added up or compared.
    private func asAggregated(_ request: ColumnRequest) throws -> ColumnRequest {
        guard let aggregate = aggregate(of: request) else {
            throw EspalierError(
                .data,
                "the \(request.purpose) column \(DisplayText.quoted(request.name)) has many values for each unit and no aggregate",
                file: path, remedy: "add it to aggregate in the file's entry under data")
        }
        guard aggregate != .latest else { return request }
        guard request.reading == .number || request.reading == .undecided else {
            throw EspalierError(
                .data,
                "the \(request.purpose) column \(DisplayText.quoted(request.name)) holds texts, which have no \(aggregate.rawValue)",
                file: path, remedy: "use latest, or kind: numeric if they are numbers")
        }
        var request = request
        request.reading = .number
        return request
    }
}
