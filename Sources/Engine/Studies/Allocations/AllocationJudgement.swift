import Allocation
import Experiments
import Policies
import Runtime
import Statistics

/// What an allocation is worth beyond the figures it was chosen by (METHODS 4.6), by outcome; oriented differences from
/// control.
package struct AllocationJudgement: Sendable, Equatable {
    /// Without the optimism of the optimum, by the bootstrap; nil where nothing was resampled.
    package let corrected: [Estimate]?
    package let resamples: Int
    /// Resamples whose limits could not all be kept.
    package let infeasible: Int
    /// Every fold's units under the allocation that the other folds' units chose, doubly robust. Trees have seen all folds:
    /// confirm alone judges the cohorts too.
    package let folds: [Estimate?]
}

extension AllocationWorkspace {
    /// - Parameter resamples: of the bootstrap; 0 for none.
    /// - Throws: `EspalierError`; `CancellationError`.
    /// - Complexity: a pass over the estimating units and a solution for each resample and each fold.
    package func judge(
        _ solution: AllocationSolution, _ request: AllocationRequest, _ limits: [StudyLimit], resamples: Int,
        seed: UInt64, _ context: RunContext
    ) throws -> AllocationJudgement {
        let problem = try problem(limits)
        let solve: @Sendable (AllocationProblem) throws -> AllocationResult = { problem in
            try request.method.solve(
                problem, stochastic: request.stochastic, confidence: request.confidence,
                context: RunContext(workers: Workers(count: 1), cancellation: context.cancellation))
        }
        var correction: OptimumCorrection?
        if resamples > 0 {
            var bootstrap = OptimumBootstrap()
            bootstrap.resamples = resamples
            bootstrap.seed = seed
            correction = try bootstrap.run(
                problem, solve: solve, effects: { stream in resampled(&stream) }, context: context)
        }
        return AllocationJudgement(
            corrected: correction.flatMap { correction in
                // Nothing is known of optimism where no resample had an allocation.
                guard correction.infeasible < correction.resamples else { return nil }
                return problem.outcomes.indices.map { k in
                    Estimate(
                        value: correction.corrected(solution.values[k], outcome: k),
                        standardError: correction.standardError(outcome: k))
                }
            }, resamples: resamples, infeasible: correction?.infeasible ?? 0,
            folds: try folds(problem, solve, context))
    }

    private func folds(
        _ problem: AllocationProblem, _ solve: @Sendable (AllocationProblem) throws -> AllocationResult,
        _ context: RunContext
    ) throws -> [Estimate?] {
        if let cells = study.units.cells { return try halves(cells, problem, solve, context) }
        let tune = 0..<study.description.tuneCount
        let rule = SplitRule(study.description.spec.splits)
        let foldOf = rule.folds(Array(study.units.splitKeys[tune]))
        let count = study.description.spec.splits.folds
        let estimating = tune.filter { cohorts.isEstimating[$0] }
        guard count > 1 else { return study.space.outcomes.map { _ in nil } }
        let chosen = try context.workers.map(count) { fold in
            try context.cancellation.check()
            let others = Self.units(estimating.filter { Int(foldOf[$0]) != fold }, of: study, cohorts)
            let solution = try solve(problem.replacing(outcomes: estimate(others.sums))).solution
            // A fold whose limits cannot be kept by the others' figures gets what is always allowed: control.
            return policy(solution?.shares ?? .control(cohorts: cohorts.count, armCount: problem.armCount))
        }
        // One table of distributions: those of the first fold, of the second, and so on; each with control at its end.
        let width = cohorts.count + 1
        let distributions = chosen.flatMap(\.distributions)
        let given = try ArmProbabilities(
            distributions: distributions,
            indices: tune.map { UInt32(Int(foldOf[$0]) * width) + min(cohorts.cohortOf[$0], UInt32(cohorts.count)) })
        let evaluator = try study.workspace.evaluator(.tune, workers: context.workers)
        let start = PolicyKnobs.start(in: study.space)
        return evaluator.evaluate(given, weights: start.weights).orientedDifferences(in: study.space)
    }
}

extension AllocationWorkspace {
    /// The same where units stay in a warehouse: its honest halves stand in for folds.
    private func halves(
        _ cells: StudyCells, _ problem: AllocationProblem,
        _ solve: @Sendable (AllocationProblem) throws -> AllocationResult, _ context: RunContext
    ) throws -> [Estimate?] {
        let halves: [UnitGroup] = [.estimating, .growing]
        let distributions = try halves.flatMap { half in
            try context.cancellation.check()
            let sums = Self.moments(cells, half.parts, of: study, cohorts).sums
            let solution = try solve(problem.replacing(outcomes: estimate(sums))).solution
            return policy(solution?.shares ?? .control(cohorts: cohorts.count, armCount: problem.armCount))
                .distributions
        }
        // Rows of the half that grew the trees get what the other half has chosen, and the other way round.
        let width = UInt32(cohorts.count + 1)
        let given = try ArmProbabilities(
            distributions: distributions,
            indices: zip(cohorts.cohortOf, cohorts.isEstimating).map { $0 + ($1 ? width : 0) })
        let evaluator = try study.workspace.evaluator(.tune, workers: context.workers)
        let start = PolicyKnobs.start(in: study.space)
        return evaluator.evaluate(given, weights: start.weights).orientedDifferences(in: study.space)
    }
}

extension PolicyEvaluation {
    /// By outcome, the difference from control turned so that more is better.
    package func orientedDifferences(in space: PolicySpace) -> [Estimate?] {
        zip(outcomes, space.outcomes).map { own, outcome in own.difference.map { $0.oriented(outcome.sign) } }
    }
}

extension Estimate {
    /// The estimate of what is good: turned round where less of the outcome is better.
    package func oriented(_ sign: Double) -> Estimate {
        guard sign < 0 else { return self }
        return Estimate(
            value: -value, standardError: standardError, low: high.map { -$0 }, high: low.map { -$0 })
    }
}
