import Experiments
import Policies
import Runtime
import Statistics

/// What held-out units, whose arms were drawn at random, say of a launched policy: what it should bring, whether effects are as they
/// were estimated, and whether a policy fitted to them would do better (METHODS 8.5).
struct HoldoutEvidence: Sendable {
    /// By outcome: what the policy would bring if nothing but units' own arms mattered.
    let values: [Estimate]
    let calibration: [LaunchEntry.Calibration]
    /// Of the canonical utility: a refit less the running policy; nil where it cannot be said.
    let refit: Estimate?

    private static let leastUnits = 1_000

    /// - Returns: nil where covariates are not known or too few units are held out.
    init?(_ log: MonitorLog, _ policy: PolicyDocument, context: RunContext) throws {
        let held = log.heldOut.indices.filter { log.heldOut[$0] }
        guard let covariates = log.covariates, held.count >= Self.leastUnits, policy.suppliedColumns.isEmpty else {
            return nil
        }
        let keys = held.map { log.keys[$0] }
        let columns = covariates.map { column in held.map { column[$0] } }
        let arms = held.map { log.arms[$0] }
        let outcomes = log.outcomes.map { column in held.map { column[$0] } }
        let armCount = policy.arms.count
        let scorer = PolicyScorer(policy)
        let running = try scorer.choices(keys: keys, covariates: columns, supplied: [], context: context).arms
        var effects: [[Float]] = []
        if case .linear(let rule) = policy.rule {
            effects = try scorer.effects(rule, keys: keys, covariates: columns, supplied: [], context: context)
        }
        let features = UnitFeatures(
            try zip(columns, policy.covariates).map { values, entry in
                let encoding = try entry.encoding()
                return UnitFeatures.Covariate(values: values, isCategorical: encoding.isCategorical)
            }, effects: effects, unitCount: keys.count)
        let draw = SaltedDraw(seed: policy.assignment.seed, salt: "monitor fold")
        let regression = try ArmRegression(
            features, arms: arms, armCount: armCount, periods: Array(repeating: 0, count: keys.count), periodCount: 1,
            folds: keys.map { UInt8(draw.group($0, of: 2)) }, outcomes: outcomes, context: context)
        let planned = policy.arms.map { policy.assignment.shares[$0] ?? 0 }
        let total = planned.reduce(0, +)
        let scores = ArmScores(
            arms: arms, outcomes: outcomes,
            propensities: planned.map { Array(repeating: Float($0 / total), count: keys.count) },
            means: regression.means)
        values = scores.estimates(running)
        guard case .linear(let rule) = policy.rule else {
            (calibration, refit) = ([], nil)
            return
        }
        let width = policy.outcomes.count
        calibration = policy.outcomes.enumerated().compactMap { j, outcome in
            guard rule.weights[outcome.name] ?? 0 != 0 else { return nil }
            return CalibrationSlope.of(
                outcome.name, arms: arms, effects: (0..<armCount - 1).map { effects[$0 * width + j] },
                outcome: outcomes[j].map { $0 / outcome.scale })
        }
        let weights = policy.outcomes.map { (rule.weights[$0.name] ?? 0) * $0.direction.sign }
        let anew = keys.indices.map { unit -> UInt8 in
            var best = 0
            var bestUtility = rule.biases[policy.arms[0]] ?? 0
            for arm in 1..<armCount {
                var utility = rule.biases[policy.arms[arm]] ?? 0
                for j in 0..<width {
                    utility +=
                        weights[j] * Double(regression.means[arm * width + j][unit] - regression.means[j][unit])
                }
                if utility > bestUtility { (best, bestUtility) = (arm, utility) }
            }
            return UInt8(best)
        }
        refit = scores.difference(anew, from: running, weights: weights)
    }
}

extension CovariateEncoding {
    var isCategorical: Bool { if case .categorical = self { true } else { false } }
}
