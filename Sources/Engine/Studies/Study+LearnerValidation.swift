import Effects
import Experiments
import Groups
import Runtime

extension Study {
    /// Judges learners on the study's experiment and keeps the report in the study.
    /// - Parameter learners: nil judges the usual ones and the study's own.
    /// - Throws: `EspalierError` (.data) where the data have changed or are gone; `CancellationError`.
    package func judge(_ learners: [LearnerSpec]? = nil, context: RunContext) throws -> ModelReport {
        let report = try LearnerValidation.run(
            readExperiment(context: context),
            learners: learners ?? LearnerSpec.judged(with: description.spec.effects.learner), context: context)
        try file.save(report)
        return report
    }

    /// Searches the settings of the study's learner and keeps what was found; the study's fit stays as it is.
    /// - Throws: as `judge`; `EspalierError` (.usage) for a learner without boosted models.
    package func tune(trials: Int, seed: UInt64, context: RunContext) throws -> HyperparameterSearch {
        let tuning = try HyperparameterSearch.search(
            readExperiment(context: context), trials: trials, seed: seed, context: context)
        try file.save(tuning)
        return tuning
    }

    /// Searches the subgroups in which an arm does best and worst on an outcome, and keeps them with those of other arms and
    /// outcomes.
    /// - Throws: as `judge`.
    package func findSubgroups(arm: Int, outcome: Int, context: RunContext) throws -> SubgroupSearch {
        let search = try SubgroupSearch.run(
            readExperiment(context: context), arm: arm, outcome: outcome, context: context)
        try file.save(search)
        return search
    }
}
