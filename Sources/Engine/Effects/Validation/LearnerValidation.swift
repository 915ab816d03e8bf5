import Experiments
import Runtime

/// Judges learners on the tune units of an experiment, every unit by models that never saw it (METHODS section 1).
///
/// Risks, calibration and curves judge the very models that policies use: each unit by those of its own fold. The test of
/// heterogeneity trains further models, block by block (`HeterogeneityTest` says why). Scores are everywhere those of the
/// T-learner's outcome models, so that learners differ by their effects alone.
package enum LearnerValidation {
    /// - Parameter learners: at least one, each once; the constant effect is always judged beside them.
    /// - Throws: `CancellationError`, `EspalierError`.
    /// - Complexity: about twice the work of fitting each learner, and 200 passes over the units per learner, arm and
    ///   outcome for the bands.
    package static func run(
        _ experiment: Experiment, learners: [LearnerSpec], context: RunContext
    ) throws -> ModelReport {
        let folds = folds(experiment)
        let blocks = HeldOutBlocks(folds: folds, foldCount: experiment.splitRule.foldCount)
        let total = 2 + (learners.count + 1) * blocks.count
        let finished = Counter()
        func step(_ what: String) { context.report(Progress(phase: what, done: finished.next(), total: total)) }
        let silent = RunContext(workers: context.workers, cancellation: context.cancellation)

        step("fitting the outcome models behind the scores")
        let nuisances = try Nuisances.fit(experiment, for: learners, context: silent)
        let fits = try learners.map { learner in
            step("fitting \(learner.name) by fold")
            return try ValidationFit(experiment, learner: learner, nuisances: nuisances, context: silent)
        }
        let tests = try HeldOutBlocks.tests(experiment, learners: learners, blocks: blocks, context: silent) {
            step("\($0.name) on block \($1 + 1) of \(blocks.count), from those before it")
        }
        step("predicting outcomes of validation units")
        let means = try ValidationMeans.fit(experiment, folds: folds, context: silent)
        let pairs = try ContrastValidation.all(
            experiment, fits: fits, scores: nuisances.scores, folds: folds, means: means,
            tests: tests, context: silent)
        let outcomes = experiment.outcomes.count
        let pairCount = (experiment.arms.count - 1) * outcomes
        let projections = try context.workers.map(pairCount) { pair -> LinearProjection? in
            try context.cancellation.check()
            return LinearProjection.estimate(
                experiment, nuisances: nuisances, arm: pair / outcomes + 1, outcome: pair % outcomes)
        }
        return ModelReport(
            units: experiment.tuneCount, folds: experiment.splitRule.foldCount,
            learners: [ValidatedLearner.constantName] + learners.map(\.name),
            arms: Array(experiment.arms.dropFirst()), outcomes: experiment.outcomes.map(\.name),
            judgements: (0...learners.count).flatMap { learner in (0..<pairCount).map { pairs[$0][learner] } },
            projections: projections,
            intervals: try UnitIntervals.all(experiment, fits: fits, nuisances: nuisances, context: silent),
            caveats: experiment.caveats)
    }

    /// The tests of heterogeneity alone: per learner, at (arm - 1) * outcomes + outcome.
    /// - Throws: `CancellationError`, `EspalierError`.
    package static func tests(
        _ experiment: Experiment, learners: [LearnerSpec], context: RunContext
    ) throws -> [[HeterogeneityTest]] {
        let blocks = HeldOutBlocks(folds: folds(experiment), foldCount: experiment.splitRule.foldCount)
        return try HeldOutBlocks.tests(experiment, learners: learners, blocks: blocks, context: context) { _, _ in }
    }

    /// The folds of the tune units.
    private static func folds(_ experiment: Experiment) -> [UInt8] {
        experiment.splitRule.folds(Array(experiment.units.keys[experiment.tune]))
    }
}
