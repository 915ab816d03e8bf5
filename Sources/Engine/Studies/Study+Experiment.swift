import Experiments
import Statistics

extension Study {
    /// The study's experiment, read again: a study keeps no covariates.
    /// - Throws: `EspalierError` (.data) where the data have changed or are gone; `CancellationError`.
    package func readExperiment(conduct: Conduct) throws -> Experiment {
        guard file.dataIsUnchanged(description) == true else {
            throw EspalierError(
                .data, "the data are not those the study was fitted on", file: description.dataPath,
                remedy: "put them back, or fit again")
        }
        conduct.report(Progress(phase: "reading the data", done: 0, total: 1))
        let experiment = try Experiment.read(
            spec: description.spec, folder: description.folder, conduct: conduct
        ).experiment
        guard experiment.units.keys == units.keys else {
            throw EspalierError(
                .data, "the data are not those the study was fitted on", file: description.dataPath,
                remedy: "fit again")
        }
        try conduct.cancellation.check()
        return experiment
    }
}
