import Runtime
import Texts

/// Reads the data of a spec, one file or several: the columns wanted, by record of the first file, which holds units and
/// treatment. The others are joined to it on the unit's id.
enum JoinedData {
    /// - Throws: `EspalierError`; `CancellationError`.
    /// - Complexity: O(bytes of all files + rows log rows).
    static func read(
        _ spec: ExperimentSpec, wanting requests: [ColumnRequest], folder: String, context: RunContext
    ) throws -> (table: Table, digest: DataDigest, notes: [JoinNotes], exposures: ExposureNotes?) {
        let first = DataFile.path(spec.data, inFolder: folder)
        var reader = TableReader(path: first)
        reader.sample = SampledRows(spec)
        guard let join = spec.join, case .column(let unit) = spec.unit else {
            for request in requests { try reader.want(request) }
            // Nobody reads all that the rows of a sample are drawn from.
            if spec.sample != nil {
                let digest = try DataFile.stampDigest(of: spec, inFolder: folder)
                return (try reader.read(context: context), digest, [], nil)
            }
            let (table, digest) = try DataFile.read(reader, as: spec.data, context: context)
            return (table, digest, [], nil)
        }
        let parts = try share(requests, of: spec, join: join, unit: unit, folder: folder)
        var table: Table
        let digest: DataDigest
        var exposureNotes: ExposureNotes?
        if let log = join.log, let exposure = join.exposure {
            let source = ExposedUnits.Source(
                path: first, name: spec.data, log: log, unit: unit, treatment: spec.treatment.column,
                exposure: exposure)
            let exposed = try ExposedUnits(source, wanting: parts[0], context: context)
            (table, digest, exposureNotes) = (exposed.table, exposed.digest, exposed.notes)
        } else {
            for request in parts[0] { try reader.want(request) }
            if let exposure = join.exposure { try reader.want(exposure, .time, for: "date of exposure") }
            (table, digest) = try DataFile.read(reader, as: spec.data, context: context)
        }
        guard let keys = table.keys(unit) else {
            throw EspalierError(.internal, "the unit column was not read", file: first)
        }
        let exposures = try join.exposure.map { try Dates(table, column: $0, file: first, mayLack: true) }
        if exposureNotes == nil, let exposures {
            exposureNotes = ExposureNotes(
                rows: table.recordCount, units: table.recordCount,
                unexposed: (0..<table.recordCount).count { exposures.isMissing($0) }, isLog: false)
        }
        let units = FirstUnits(file: spec.data, path: first, key: unit, keys: keys, exposures: exposures)
        var digests = [digest]
        var notes: [JoinNotes] = []
        for (file, wanted) in zip(join.files, parts.dropFirst()) {
            try context.cancellation.check()
            let path = DataFile.path(file.file, inFolder: folder)
            let part =
                switch file.grain {
                case .unit: try JoinSource(file, path: path, unit: unit).read(wanted, units: units, context: context)
                case .many: try EventSource(file, path: path, unit: unit).read(wanted, units: units, context: context)
                }
            table = table.adding(part.columns, texts: part.texts)
            digests.append(part.digest)
            notes.append(part.notes)
        }
        return (table, DataDigest(joining: digests), notes, exposureNotes)
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
            if places.isEmpty, let level = LevelColumn(request.name),
                let place = headers.indices.dropFirst().first(where: { index in
                    join.files[index - 1].by != nil && headers[index].contains(level.column)
                })
            {
                parts[place].append(request)
                continue
            }
            guard places.count < 2 else {
                throw EspalierError(
                    .data,
                    "the \(request.purpose) column \(DisplayText.quoted(request.name)) stands in \(spec.dataFiles[places[0]]) and "
                        + "in \(spec.dataFiles[places[1]])", file: paths[places[1]], remedy: "rename it in one of them")
            }
            guard let place = places.first else {
                throw EspalierError(
                    .data,
                    "none of the data files has the \(request.purpose) column \(DisplayText.quoted(request.name))",
                    file: paths[0],
                    remedy: NearestName.hint(request.name, among: headers.flatMap(\.self).sorted())
                        ?? "correct the spec or the header of a file")
            }
            parts[place].append(request)
        }
        return parts
    }
}
