import Experiments
import Runtime

/// Validates learners on the tune units of an experiment, every unit by models that never saw it (METHODS section 1).
///
/// Risks, calibration and curves are of the very models that policies use: each unit by those of its own fold. The test of
/// heterogeneity trains further models, block by block (`HeterogeneityTest` says why). Scores are everywhere those of the
/// T-learner's outcome models, so that learners differ by their effects alone.
package enum LearnerValidation {
    /// - Parameters:
    ///   - learners: at least one, each once; the constant effect is always validated beside them.
    ///   - nuisances: how the outcome models behind the scores are made.
    /// - Throws: `CancellationError`, `EspalierError`.
    /// - Complexity: about twice the work of fitting each learner, and 200 passes over the units per learner, arm and
    ///   outcome for the bands.
    package static func run(
        _ experiment: Experiment, learners: [NamedLearner], nuisances kind: Nuisances.Models = .boosted(nil),
        context: RunContext
    ) throws -> ModelReport {
        let data = TrainingData(experiment)
        let blocks = HeldOutBlocks(data)
        let total = 2 + (learners.count + 1) * blocks.count
        let finished = Counter()
        func step(_ what: String) { context.report(Progress(phase: what, done: finished.next(), total: total)) }
        let silent = RunContext(workers: context.workers, cancellation: context.cancellation)

        step("fitting the outcome models behind the scores")
        let nuisances = try Nuisances.fit(data, for: learners, models: kind, context: silent)
        let found = try learners.effects(data, nuisances: nuisances, context: silent) {
            step("fitting \($0.name) by fold")
        }
        let fits = zip(learners, found).map { ValidationFit(name: $0.name, found: $1) }
        let tests = try HeldOutBlocks.tests(
            data, learners: learners, nuisances: kind, blocks: blocks, context: silent
        ) { step("\($0.name) on block \($1 + 1) of \(blocks.count), from those before it") }
        step("predicting outcomes of validation units")
        let means = try ValidationMeans.fit(data, context: silent)
        let judgements = try ContrastValidation.all(
            experiment, data: data, fits: fits, scores: nuisances.scores, means: means, tests: tests, context: silent)
        let contrasts = data.contrasts
        let projections = try context.workers.map(contrasts.count) { position -> LinearProjection? in
            try context.cancellation.check()
            return LinearProjection.estimate(
                experiment, data: data, nuisances: nuisances, contrasts[position])
        }
        return ModelReport(
            units: experiment.tuneCount, folds: experiment.splitRule.foldCount,
            learners: [ValidatedLearner.constantName] + learners.map(\.name),
            arms: Array(experiment.arms.dropFirst()), outcomes: experiment.outcomes.map(\.name),
            judgements: (0...learners.count).flatMap { learner in judgements.map { $0[learner] } },
            projections: projections,
            intervals: try UnitIntervals.all(
                experiment, data: data, fits: fits, nuisances: nuisances, context: silent),
            compositions: found.compactMap(\.compositions).first,
            caveats: experiment.caveats
                + (experiment.units.clusters == nil
                    ? [] : ["errors of what is said of learners are by units, as if these were independent"]))
    }

    /// The tests of heterogeneity alone: per learner, by `ContrastIndex.position`.
    /// - Throws: `CancellationError`, `EspalierError`.
    package static func tests(
        _ data: TrainingData, learners: [NamedLearner], nuisances kind: Nuisances.Models = .boosted(nil),
        context: RunContext
    ) throws -> [[HeterogeneityTest]] {
        try HeldOutBlocks.tests(
            data, learners: learners, nuisances: kind, blocks: HeldOutBlocks(data), context: context
        ) { _, _ in }
    }
}
