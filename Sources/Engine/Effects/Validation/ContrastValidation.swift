import Experiments
import Runtime
import Statistics

/// The judgements of all learners for one arm and outcome.
enum ContrastValidation {
    /// - Returns: per pair, at (arm - 1) * outcomes + outcome, the constant effect and then every learner; p not yet adjusted.
    static func all(
        _ experiment: Experiment, fits: [ValidationFit], scores: ScoreTable, folds: [UInt8],
        means: [[Float]], tests: [[HeterogeneityTest]], context: RunContext
    ) throws -> [[ValidatedLearner]] {
        let outcomes = experiment.outcomes.count
        let pairCount = (experiment.arms.count - 1) * outcomes
        var members = [[Int]](repeating: [], count: experiment.splitRule.foldCount)
        for (unit, fold) in folds.enumerated() { members[Int(fold)].append(unit) }
        let byFold = members
        // One piece of work per learner and pair: the bootstrap of the curves takes most of the time.
        let curves = try context.workers.map(pairCount * fits.count) { index -> Ranked in
            try context.cancellation.check()
            let pair = index % pairCount
            return ranked(
                experiment, arm: pair / outcomes + 1, outcome: pair % outcomes,
                estimates: fits[index / pairCount].estimates, scores: scores, members: byFold)
        }
        return try context.workers.map(pairCount) { pair in
            try context.cancellation.check()
            let (arm, j) = (pair / outcomes + 1, pair % outcomes)
            let outcome = experiment.outcomes[j]
            let square = outcome.observed.scale * outcome.observed.scale
            let pairLosses = ContrastLosses(experiment, arm: arm, outcome: j, folds: folds, means: means[pair])
            let losses =
                [pairLosses.constant] + fits.map { pairLosses.losses($0.estimates.column(arm: arm, outcome: j)) }
            let risks = losses.map { $0.reduce(0, +) / Double(max(1, $0.count)) }
            let best = risks.indices.min { risks[$0] < risks[$1] } ?? 0
            return risks.indices.map { learner in
                let gain = difference(losses[0], losses[learner])
                let own = learner > 0 ? curves[(learner - 1) * pairCount + pair] : nil
                return ValidatedLearner(
                    learner: learner > 0 ? fits[learner - 1].learner.name : ValidatedLearner.constantName,
                    arm: experiment.arms[arm], outcome: outcome.name,
                    muRisk: learner > 0
                        ? fits[learner - 1].muRisk(experiment, outcome: j, units: pairLosses.units).map { $0 * square }
                        : nil,
                    tauRisk: risks[learner] * square,
                    rScore: risks[0] > 0 ? gain.scaled(by: 1 / risks[0]) : Measure(value: 0, standardError: 0),
                    behindBest: difference(losses[learner], losses[best]).scaled(by: square),
                    calibration: own?.calibration, curve: own?.curve,
                    test: learner > 0 ? tests[learner - 1][pair] : HeterogeneityTest(statistic: nil), adjustedP: 1)
            }
        }
    }

    private struct Ranked: Sendable {
        let calibration: Measure?
        let curve: RankingCurve?
    }

    private static func ranked(
        _ experiment: Experiment, arm: Int, outcome j: Int, estimates: EffectEstimates, scores: ScoreTable,
        members: [[Int]]
    ) -> Ranked {
        let outcome = experiment.outcomes[j]
        let column = estimates.column(arm: arm, outcome: j)
        let cost = outcome.addedCost(ofArm: arm) / outcome.observed.scale
        let effects = members.map { $0.map { column[$0] } }
        let differences = members.map {
            scores.differences(
                arm: arm, outcome: j, units: $0, assignment: experiment.assignment, addedCost: cost)
        }
        guard let calibration = Calibration.slope(effects: effects, scores: differences) else {
            return Ranked(calibration: nil, curve: nil)
        }
        let sign = outcome.direction.sign
        return Ranked(
            calibration: calibration,
            curve: RankingCurve(
                priority: effects.map { $0.map { Float(sign) * $0 } }, scores: differences.map { $0.map { sign * $0 } },
                scale: outcome.observed.scale, seed: experiment.splitRule.seed))
    }

    /// Mean of `left - right` over units, with its error.
    private static func difference(_ left: [Double], _ right: [Double]) -> Measure {
        var moments = Moments()
        for (left, right) in zip(left, right) { moments.add(left - right) }
        return Measure(value: moments.mean, standardError: moments.standardError)
    }
}
