import Experiments
import Runtime

extension Study {
    /// The study's experiment, read again: a study keeps no covariates.
    /// - Throws: `EspalierError` (.data) where the data have changed or are gone; `CancellationError`.
    package func readExperiment(context: RunContext) throws -> Experiment {
        try requireUnits(for: "this")
        guard file.dataIsUnchanged(description) == true else {
            throw EspalierError(
                .data, "the data are not those the study was fitted on", file: description.dataPath,
                remedy: "put them back, or fit again")
        }
        context.report(Progress(phase: "reading the data", done: 0, total: 1))
        let log = try Experiment.read(
            spec: description.spec, folder: description.folder, context: context
        ).experiment
        let experiment = try description.pooled.map { try joined(log, $0, context) } ?? log
        guard experiment.units.keys == units.keys else {
            throw EspalierError(
                .data, "the data are not those the study was fitted on", file: description.dataPath,
                remedy: "fit again")
        }
        try context.cancellation.check()
        return experiment
    }

    /// The log with the rounds that the fit holds, which the study keeps.
    private func joined(_ log: Experiment, _ pooled: PooledRounds, _ context: RunContext) throws -> Experiment {
        let all = try file.roundsAndWithdrawn(in: self).all
        let parts = try pooled.rounds.compactMap { number in all.first { $0.number == number } }.map { try part($0) }
        let propensities = try file.pooledPropensities(
            arms: space.armCount, count: log.unitCount + parts.reduce(0) { $0 + $1.keys.count })
        return try PooledExperiment(
            log, parts, propensities: propensities, levels: pooled.levels, context: context
        ).experiment
    }
}
