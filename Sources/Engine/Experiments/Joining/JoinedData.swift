import Statistics

/// Reads the data of a spec, one file or several: the columns wanted, by record of the first file, which holds units and
/// treatment. The others are joined to it on the unit's id.
enum JoinedData {
    /// - Throws: `EspalierError`; `CancellationError`.
    /// - Complexity: O(bytes of all files + rows log rows).
    static func read(
        _ spec: ExperimentSpec, wanting requests: [ColumnRequest], folder: String, conduct: Conduct
    ) throws -> (table: Table, digest: DataDigest, notes: [JoinNotes]) {
        let first = DataFile.path(spec.data, inFolder: folder)
        var reader = TableReader(path: first)
        guard let join = spec.join, case .column(let unit) = spec.unit else {
            for request in requests { try reader.want(request.name, request.reading, for: request.purpose) }
            let (table, digest) = try DataFile.read(reader, as: spec.data, conduct: conduct)
            return (table, digest, [])
        }
        let parts = try share(requests, of: spec, join: join, unit: unit, folder: folder)
        for request in parts[0] { try reader.want(request.name, request.reading, for: request.purpose) }
        if let exposure = join.exposure { try reader.want(exposure, .label, for: "date of exposure") }
        var (table, digest) = try DataFile.read(reader, as: spec.data, conduct: conduct)
        guard case .keys(let keys)? = table[unit] else {
            throw EspalierError(.internal, "the unit column was not read", file: first)
        }
        let units = UnitIndex(keys)
        let exposures = try join.exposure.map { try Dates(table, column: $0, file: first) }
        var digests = [digest]
        var notes: [JoinNotes] = []
        for (file, wanted) in zip(join.files, parts.dropFirst()) {
            try conduct.cancellation.check()
            let source = JoinSource(file, path: DataFile.path(file.file, inFolder: folder), unit: unit)
            let part = try source.read(wanted, units: units, exposures: exposures, first: spec.data, conduct: conduct)
            table = table.adding(part.columns)
            digests.append(part.digest)
            notes.append(part.notes)
        }
        return (table, DataDigest(joining: digests), notes)
    }

    /// Which file each column is read from: the first file's requests first.
    private static func share(
        _ requests: [ColumnRequest], of spec: ExperimentSpec, join: JoinSpec, unit: String, folder: String
    ) throws -> [[ColumnRequest]] {
        let paths = spec.dataFiles.map { DataFile.path($0, inFolder: folder) }
        let headers = try paths.map { Set(try TableReader.header(of: $0)) }
        var parts = [[ColumnRequest]](repeating: [], count: paths.count)
        for request in requests {
            if request.name == unit || request.name == spec.treatment.column {
                parts[0].append(request)
                continue
            }
            let places = headers.indices.filter { index in
                headers[index].contains(request.name)
                    && (index == 0 || (join.files[index - 1].key ?? unit) != request.name)
            }
            guard places.count < 2 else {
                throw EspalierError(
                    .data,
                    "the \(request.purpose) column \(UTF8Text.shown(request.name)) stands in \(spec.dataFiles[places[0]]) and "
                        + "in \(spec.dataFiles[places[1]])", file: paths[places[1]], remedy: "rename it in one of them")
            }
            guard let place = places.first else {
                throw EspalierError(
                    .data, "none of the data files has the \(request.purpose) column \(UTF8Text.shown(request.name))",
                    file: paths[0],
                    remedy: NearestName.hint(request.name, among: headers.flatMap(\.self).sorted())
                        ?? "correct the spec or the header of a file")
            }
            parts[place].append(request)
        }
        return parts
    }
}

/// The units of the first file, numbered in order of appearance.
struct UnitIndex: Sendable {
    /// The unit of each record.
    let ofRecord: [Int32]
    let count: Int
    private let byKey: [UInt64: Int32]

    init(_ keys: [UInt64]) {
        var byKey: [UInt64: Int32] = [:]
        byKey.reserveCapacity(keys.count)
        ofRecord = keys.map { key in
            if let known = byKey[key] { return known }
            let number = Int32(byKey.count)
            byKey[key] = number
            return number
        }
        count = byKey.count
        self.byKey = byKey
    }

    subscript(key: UInt64) -> Int? { byKey[key].map(Int.init) }
}

/// A column of dates, by record; every one of them must be there.
struct Dates: Sendable {
    let codes: [Int32]
    let times: [CalendarTime]
    let texts: [String]

    /// - Throws: `EspalierError(.data)` with the line of a date that is missing or cannot be read.
    init(_ table: Table, column: String, file: String) throws {
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
                "\(UTF8Text.shown(names[bad])) in the column \(UTF8Text.shown(column)) is no date",
                codes.firstIndex(of: Int32(bad)))
        }
        if let record = codes.firstIndex(of: -1) {
            throw error("the date \(UTF8Text.shown(column)) is missing here", record)
        }
        self.codes = codes
        self.times = times.compactMap { $0 }
        texts = names
    }

    func time(_ record: Int) -> CalendarTime { times[Int(codes[record])] }
    func text(_ record: Int) -> String { texts[Int(codes[record])] }
}

extension DataDigest {
    /// One digest of several files: their sizes added, the latest time, and a hash of their hashes; a single file's own.
    init(joining digests: [DataDigest]) {
        guard digests.count > 1, let first = digests.first else {
            self = digests.first ?? DataDigest(path: "", bytes: 0, modified: 0, sha256: "")
            return
        }
        var hash = SHA256()
        var text = digests.map(\.sha256).joined(separator: "\n")
        text.withUTF8 { hash.update(UnsafeRawBufferPointer($0)) }
        self.init(
            path: first.path, bytes: digests.reduce(0) { $0 + $1.bytes },
            modified: digests.map(\.modified).max() ?? 0,
            sha256: digests.contains { $0.sha256.isEmpty } ? "" : hash.finish())
    }
}
