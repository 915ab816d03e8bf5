import Runtime
import Texts

/// The units of an exposure log: of the rows of each, the first exposure gives the arm and what is not aggregated.
///
/// The file is read twice, for the first exposures and for what is aggregated from them on, since rows may stand in any order;
/// memory grows with the units, not with the rows. What does not come from the first exposure alone does not depend on the order
/// of the rows.
struct ExposedUnits {
    /// One record a unit, in the order of their first exposures in the file.
    let table: Table
    let digest: DataDigest
    let notes: ExposureNotes

    /// Where the log is and what its columns are.
    struct Source: Sendable {
        let path: String
        /// As the spec names the file.
        let name: String
        let log: ExposureLog
        let unit: String
        let treatment: String
        let exposure: String
    }

    /// - Throws: `EspalierError(.data)` for a date that is missing or cannot be read, an aggregate of texts, a log without
    ///   units; `CancellationError`.
    init(_ source: Source, wanting requests: [ColumnRequest], context: RunContext) throws {
        let (log, path) = (source.log, source.path)
        let aggregated = try requests.compactMap { request -> ColumnRequest? in
            guard let aggregate = log.aggregates[request.name] else { return nil }
            return try Self.asNumbers(request, aggregate, path: path)
        }
        let kept = requests.filter { log.aggregates[$0.name] == nil }
        var reader = TableReader(path: path)
        for request in kept { try reader.want(request) }
        try reader.want(source.exposure, .time, for: "date of exposure")
        let firstReader = reader
        let roles: Set = [source.unit, source.treatment, source.exposure]
        let columns = kept.map(\.name).filter { !roles.contains($0) }
        let ((first, whole), digest) = try DataFile.read(path, as: source.name, context: context) {
            let none = FirstExposures(
                unit: source.unit, treatment: source.treatment, exposure: source.exposure, values: columns)
            var first = none
            let whole = try firstReader.readInPieces(context: context) {
                first = none
            } each: {
                try first.take($0, file: path)
            }
            return (first, whole)
        }
        let isExposed = first.arms.map { $0 >= 0 }
        let units = first.arms.indices
            .filter { isExposed[$0] && !(log.crossovers == .drop && first.isCrossed[$0]) }
            .sorted { first.records[$0] < first.records[$1] }
        guard !units.isEmpty else {
            throw EspalierError(
                .data, "no unit of the exposure log has an arm of its own", file: path,
                remedy: "check the treatment and the unit column")
        }
        var notes = ExposureNotes(
            rows: whole.recordCount, units: units.count, crossovers: first.isCrossed.count { $0 },
            leavesCrossoversOut: log.crossovers == .drop,
            crossoverLine: first.crossoverRecord.map { whole.line(of: $0) },
            neverExposed: isExposed.count { !$0 })
        let records = units.map { Int(first.records[$0]) }
        var table = whole.reduced(to: records, columns: first.columns(of: units))
        if !aggregated.isEmpty {
            let starts = units.map { first.starts[$0] }
            let events = EventRows(
                path: path, key: source.unit, date: source.exposure, requests: aggregated,
                aggregates: log.aggregates)
            let sums = try events.read(
                units: UnitIndex(units.map { first.index.keys[$0] }), sumOfNone: .nan, context: context
            ) { unit, time in
                guard let time, let start = CalendarTime(code: starts[unit]) else { return .counts }
                if !time.isOnOrAfter(start) { return .early }
                return log.window.map { time.isWithin($0, from: start) } ?? true ? .counts : .late
            }
            (notes.earlyRows, notes.lateRows) = (sums.tally.early, sums.tally.late)
            table = table.adding(sums.columns, texts: sums.whole.allTexts)
        }
        self.table = table
        self.digest = digest
        self.notes = notes
    }

    private static func asNumbers(
        _ request: ColumnRequest, _ aggregate: JoinedFile.Aggregate, path: String
    ) throws -> ColumnRequest {
        guard request.reading == .number || request.reading == .undecided else {
            throw EspalierError(
                .data,
                "the column \(DisplayText.quoted(request.name)) holds texts, which have no \(aggregate.rawValue)",
                file: path, remedy: "remove it from aggregate; its value at the first exposure counts")
        }
        var request = request
        request.reading = .number
        return request
    }
}
