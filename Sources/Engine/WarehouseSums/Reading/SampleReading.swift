import Experiments
import Foundation
import Runtime
import Warehouses

/// The sample of tune units, read by the reader of data files as if there were no others.
struct SampleReading {
    private let rows: UnitRows
    private let arms: [String]
    private let limit: UInt32?
    private let folder: String

    /// - Parameters:
    ///   - limit: as `SplitRule.sampleLimit` says.
    ///   - folder: of the spec.
    init(_ rows: UnitRows, arms: [String], limit: UInt32?, folder: String) {
        self.rows = rows
        self.arms = arms
        self.limit = limit
        self.folder = folder
    }

    /// - Throws: what the reader throws, with the data's own name; `CancellationError`.
    func read(_ context: RunContext) throws -> ExperimentReading {
        let scratch = ScratchFolder()
        try scratch.make()
        let path = scratch.path + "/sample"
        try rows.table.connection.export(
            rows.sample(arms, limit: limit), to: path, cancellation: context.cancellation)
        var spec = rows.spec
        spec.engine = nil
        spec.data = path
        spec.treatment.arms = spec.treatment.arms ?? arms
        do {
            return try Experiment.read(spec: spec, folder: folder, isSample: true, whole: rows.whole, context: context)
        } catch let error as EspalierError where error.file == path {
            throw EspalierError(error.kind, error.message, file: rows.file, remedy: error.remedy)
        }
    }
}
