import Experiments
import Runtime
import Statistics

/// All learners validated, contrast by contrast.
enum ContrastValidation {
    /// - Returns: per contrast, by `ContrastIndex.position`, the constant effect and then every learner; p not yet adjusted.
    static func all(
        _ experiment: Experiment, data: TrainingData, fits: [ValidationFit], scores: ScoreTable, means: [[Float]],
        tests: [[HeterogeneityTest]], context: RunContext
    ) throws -> [[ValidatedLearner]] {
        let contrasts = data.contrasts
        var members = [[Int]](repeating: [], count: data.foldCount)
        for unit in data.training { members[Int(data.folds[unit])].append(unit) }
        let byFold = members
        // One piece of work per learner and contrast: the bootstrap of the curves takes most of the time.
        let curves = try context.workers.map(contrasts.count * fits.count) { index -> Ranked in
            try context.cancellation.check()
            return ranked(
                experiment, contrasts[index % contrasts.count],
                estimates: fits[index / contrasts.count].found.estimates, scores: scores, members: byFold)
        }
        return try context.workers.map(contrasts.count) { position in
            try context.cancellation.check()
            let contrast = contrasts[position]
            let outcome = experiment.outcomes[contrast.outcome]
            let square = outcome.observed.scale * outcome.observed.scale
            let own = ContrastLosses(data, contrast, means: means[position])
            let losses = [own.constant] + fits.map { own.losses($0.found.estimates.column(contrast)) }
            let risks = losses.map { $0.reduce(0, +) / Double(max(1, $0.count)) }
            let best = risks.indices.min { risks[$0] < risks[$1] } ?? 0
            return risks.indices.map { learner in
                let gain = difference(losses[0], losses[learner])
                let ranked = learner > 0 ? curves[(learner - 1) * contrasts.count + position] : nil
                return ValidatedLearner(
                    learner: learner > 0 ? fits[learner - 1].name : ValidatedLearner.constantName,
                    arm: experiment.arms[contrast.arm], outcome: outcome.name,
                    muRisk: learner > 0
                        ? fits[learner - 1].muRisk(data, outcome: contrast.outcome, units: own.units).map {
                            $0 * square
                        }
                        : nil,
                    tauRisk: risks[learner] * square,
                    rScore: risks[0] > 0 ? gain.scaled(by: 1 / risks[0]) : Measure(value: 0, standardError: 0),
                    behindBest: difference(losses[learner], losses[best]).scaled(by: square),
                    calibration: ranked?.calibration, curve: ranked?.curve,
                    test: learner > 0 ? tests[learner - 1][position] : HeterogeneityTest(statistic: nil), adjustedP: 1)
            }
        }
    }

    private struct Ranked: Sendable {
        let calibration: Measure?
        let curve: RankingCurve?
    }

    private static func ranked(
        _ experiment: Experiment, _ contrast: ContrastIndex, estimates: EffectEstimates, scores: ScoreTable,
        members: [[Int]]
    ) -> Ranked {
        let outcome = experiment.outcomes[contrast.outcome]
        let column = estimates.column(contrast)
        let cost = outcome.addedCost(ofArm: contrast.arm) / outcome.observed.scale
        let effects = members.map { $0.map { column[$0] } }
        let differences = members.map {
            scores.differences(contrast, units: $0, assignment: experiment.assignment, addedCost: cost)
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
