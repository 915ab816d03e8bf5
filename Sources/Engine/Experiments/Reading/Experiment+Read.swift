import Runtime

extension Experiment {
    /// Reads a spec file and the data it names.
    /// - Throws: as `read(spec:folder:context:)`, and whatever is wrong with the spec.
    package static func read(specPath: String, context: RunContext = RunContext()) throws -> ExperimentReading {
        try read(
            spec: ExperimentSpec.read(at: specPath), folder: DataFile.folder(ofFile: specPath), context: context)
    }

    /// Reads the data of a spec, one file or several joined; relative paths start in `folder`, the spec's own.
    ///
    /// What makes an experiment impossible is thrown: a missing treatment, unit id, propensity or supplied effect, an arm
    /// that was not declared or has no units, a missing outcome without a rule, text among numbers, infinities. What can be
    /// judged (duplicate units, shares, missing values ...) is noted for `HealthReport.examine`.
    /// - Parameters:
    ///   - isSample: whether these are the units that bins and scales are made of (`SplitRule.sample`).
    ///   - whole: what more units than these say of each outcome; empty where these are all.
    /// - Throws: `EspalierError(.data)` with file and line, `.noInput`, `.usage` where the units stay in an engine;
    ///   `CancellationError`.
    /// - Complexity: O(bytes of the file + units log units); memory about twice the columns held.
    package static func read(
        spec: ExperimentSpec, folder: String, isSample: Bool = false, whole: [WholeOutcome] = [],
        context: RunContext = RunContext()
    ) throws -> ExperimentReading {
        if let engine = spec.engine {
            throw EspalierError(
                .usage, "this needs every unit in memory, and the spec keeps them in \(engine.title)",
                file: DataFile.path(spec.data, inFolder: folder),
                remedy: "remove engine: from data in the spec, which reads them, and fit again")
        }
        let path = DataFile.path(spec.data, inFolder: folder)
        let surrogates = try SurrogateNote.read(spec, folder: folder, context: context)
        let histories = try spec.histories.map {
            try DataFile.digest(DataFile.path($0, inFolder: folder), as: $0, cancellation: context.cancellation)
        }
        let data = try JoinedData.read(
            spec, wanting: ExperimentBuilder.requests(spec, path: path), folder: folder, context: context)
        var builder = try ExperimentBuilder(
            spec: spec, file: path, table: data.table, digest: DataDigest(joining: [data.digest] + histories),
            joins: data.notes, exposures: data.exposures, surrogates: surrogates, isSample: isSample, whole: whole,
            context: context)
        var reading = try builder.build()
        if let sample = spec.sample, let table = try EngineTable(path) {
            let rows = try table.rowCount(cancellation: context.cancellation)
            if rows > sample.units { reading.experiment.population = rows }
        }
        return reading
    }
}
