import Experiments
import Foundation
import Runtime

extension StudyFit {
    /// A study's experiment fitted with another learner; its data are read again.
    /// - Throws: `EspalierError` (.data) where the data have changed or are gone, (.usage) where the study keeps no units of its
    ///   own; `CancellationError`.
    package static func with(_ learner: LearnerSpec, _ study: Study, context: RunContext) throws -> StudyFit {
        let description = study.description
        guard description.pooled == nil, study.units.cells == nil else {
            throw EspalierError(
                .usage, "another learner is fitted on a log that is at hand unit by unit", file: study.file.path,
                remedy: "write it under effects in the spec, and fit that")
        }
        guard study.file.dataIsUnchanged(description) == true else {
            throw EspalierError(
                .data, "the data are not those the study was fitted on", file: description.dataPath,
                remedy: "put them back, or fit again")
        }
        var spec = description.spec
        spec.effects.learner = learner
        context.report(Progress(phase: "reading the data", done: 0, total: 1))
        let reading = try Experiment.read(spec: spec, folder: description.folder, context: context)
        let health = try HealthReport.examine(reading, workers: context.workers)
        return try run(reading.experiment, health: health, folder: description.folder, context: context)
    }
}
