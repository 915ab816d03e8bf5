import Effects
import Experiments
import Foundation
import Runtime
import Warehouses

extension WarehouseExperiment {
    /// Counts the units of a spec's warehouse, reads the sample, and has the table of bins made that all sums are taken from; the table
    /// goes with the experiment.
    /// - Parameter log: is told each question.
    /// - Throws: `EspalierError`: what is wrong with spec, data or engine, `.usage` for what cannot be done there;
    ///   `CancellationError`, within a second.
    /// - Complexity: four passes over the rows in the engine, six where an outcome is winsorised; O(sample) memory here.
    package static func read(
        spec: ExperimentSpec, folder: String, log: QueryLog = QueryLog(), context: RunContext = RunContext()
    ) throws -> WarehouseExperiment {
        let file = DataFile.path(spec.data, inFolder: folder)
        let cancellation = context.cancellation
        func report(_ phase: String) { context.report(Progress(phase: phase, done: 0, total: 1)) }
        guard
            let table = try EngineTable(
                file, threads: context.workers.count, log: log, cancellation: cancellation)
        else { throw UnsupportedSpec.texts(file) }
        var rows = try UnitRows(spec, table: table, file: file)
        report("counting units")
        let rowCounts = try RowCounts(rows, cancellation: cancellation)
        let arms = try rowCounts.checked(rows)
        try WholeOutcomes(rowCounts, arms: arms).tell(&rows, arms: arms, cancellation)
        let counts = arms.map { rowCounts.arm($0)?.kept ?? [] }
        let tuneCount = counts.reduce(0) { $0 + $1.dropLast().reduce(0, +) }
        report("reading the sample")
        var reading = try SampleReading(
            rows, arms: arms, limit: SplitRule(spec.splits).sampleLimit(tuneCount: tuneCount), folder: folder
        ).read(context)
        reading = try telling(reading, of: rowCounts, arms: arms, spec: spec, folder: folder)
        report("counting levels")
        let covariates = try CovariateBins.make(reading.experiment, rows, arms: arms, cancellation)
        let earlier = try EarlierValues(rows, arms: arms, cancellation)
        report("binning covariates")
        let prepared = try table.connection.makingTable(
            EngineSums.table, as: PreparedUnits(rows, arms: arms, covariates, reading.experiment, earlier).query,
            cancellation: cancellation)
        var sums = EngineSums(
            prepared, codes: covariates.map(\.code), armCount: arms.count, outcomeCount: spec.outcomes.count)
        report("checking balance")
        let whole = try WholeCounts(
            units: counts.map { Double($0.reduce(0, +)) },
            tuneUnits: counts.map { Double($0.dropLast().reduce(0, +)) },
            covariates: BalanceQuestion(rows, arms: arms, covariates).ask(&sums, context),
            sampleCount: reading.experiment.unitCount)
        let health = try HealthReport.examine(reading, whole: whole, workers: context.workers)
        return WarehouseExperiment(
            spec: reading.experiment.spec, arms: arms, sample: reading,
            covariates: zip(spec.covariates, covariates).map {
                CovariateDescription(name: $0.column, encoding: $1.encoding)
            }, outline: reading.experiment.outline, sums: sums, health: health, counts: counts, log: log)
    }

    /// The sample as it was read, with what was counted over all rows in place of its own.
    private static func telling(
        _ reading: ExperimentReading, of counts: RowCounts, arms: [String], spec: ExperimentSpec, folder: String
    ) throws -> ExperimentReading {
        let own = arms.compactMap(counts.arm)
        let all = counts.arms.reduce(0) { $0 + $1.rows }
        var notes = reading.notes
        notes.recordCount = all
        notes.recordsByArm = own.map(\.rows)
        for j in notes.missingOutcomes.indices { notes.missingOutcomes[j].byArm = own.map { $0.missingOutcomes[j] } }
        for c in notes.missingCovariates.indices {
            notes.missingCovariates[c].byArm = own.map { $0.missingCovariates[c] }
        }
        var resolved = spec
        resolved.treatment.arms = resolved.treatment.arms ?? arms
        let others = counts.arms.filter { !arms.contains($0.name ?? "") }
        let experiment = reading.experiment.replacing(
            spec: resolved, dataDigest: try DataFile.stampDigest(of: spec, inFolder: folder),
            droppedCount: own.reduce(0) { $0 + $1.rows - $1.kept.reduce(0, +) },
            otherArms: others.map { OtherArm(name: $0.name ?? "", count: $0.rows) })
        return ExperimentReading(experiment: experiment, notes: notes)
    }
}
