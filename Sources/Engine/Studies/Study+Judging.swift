import Effects
import Experiments
import Statistics

extension Study {
    /// Judges learners on the study's experiment and keeps the report in the study.
    ///
    /// A study keeps no covariates: the data are read again, as for a refit, and must be those that were fitted.
    /// - Parameter learners: nil judges the usual ones and the study's own.
    /// - Throws: `EspalierError` (.data) where the data have changed or are gone; `CancellationError`.
    package func judge(_ learners: [LearnerSpec]? = nil, conduct: Conduct) throws -> ModelReport {
        guard file.dataIsUnchanged(description) == true else {
            throw EspalierError(
                .data, "the data are not those the study was fitted on", file: description.dataPath,
                remedy: "put them back, or fit again")
        }
        conduct.report(Progress(phase: "reading the data", done: 0, total: 1))
        let experiment = try Experiment.read(
            spec: description.spec, folder: description.folder, conduct: conduct
        ).experiment
        let report = try Judging.run(
            experiment, learners: learners ?? LearnerSpec.judged(with: description.spec.effects.learner),
            conduct: conduct)
        try file.save(report)
        return report
    }
}
