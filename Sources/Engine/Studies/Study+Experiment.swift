import Experiments
import Runtime

extension Study {
    /// The study's experiment, read again: a study keeps no covariates.
    /// - Throws: `EspalierError` (.data) where the data have changed or are gone; `CancellationError`.
    package func readExperiment(context: RunContext) throws -> Experiment {
        guard file.dataIsUnchanged(description) == true else {
            throw EspalierError(
                .data, "the data are not those the study was fitted on", file: description.dataPath,
                remedy: "put them back, or fit again")
        }
        context.report(Progress(phase: "reading the data", done: 0, total: 1))
        let experiment = try Experiment.read(
            spec: description.spec, folder: description.folder, context: context
        ).experiment
        guard experiment.units.keys == units.keys else {
            throw EspalierError(
                .data, "the data are not those the study was fitted on", file: description.dataPath,
                remedy: "fit again")
        }
        try context.cancellation.check()
        return experiment
    }
}
