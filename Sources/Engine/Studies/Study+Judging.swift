import Effects
import Experiments
import Statistics
import Subgroups

extension Study {
    /// Judges learners on the study's experiment and keeps the report in the study.
    /// - Parameter learners: nil judges the usual ones and the study's own.
    /// - Throws: `EspalierError` (.data) where the data have changed or are gone; `CancellationError`.
    package func judge(_ learners: [LearnerSpec]? = nil, conduct: Conduct) throws -> ModelReport {
        let report = try Judging.run(
            readExperiment(conduct: conduct),
            learners: learners ?? LearnerSpec.judged(with: description.spec.effects.learner), conduct: conduct)
        try file.save(report)
        return report
    }

    /// Searches the settings of the study's learner and keeps what was found; the study's fit stays as it is.
    /// - Throws: as `judge`; `EspalierError` (.usage) for a learner without boosted models.
    package func tune(trials: Int, seed: UInt64, conduct: Conduct) throws -> LearnerTuning {
        let tuning = try LearnerTuning.search(
            readExperiment(conduct: conduct), trials: trials, seed: seed, conduct: conduct)
        try file.save(tuning)
        return tuning
    }

    /// Searches the subgroups in which an arm does best and worst on an outcome, and keeps them with those of other arms and
    /// outcomes.
    /// - Throws: as `judge`.
    package func findSubgroups(arm: Int, outcome: Int, conduct: Conduct) throws -> SubgroupSearch {
        let search = try SubgroupSearch.run(
            readExperiment(conduct: conduct), arm: arm, outcome: outcome, conduct: conduct)
        try file.save(search)
        return search
    }
}
