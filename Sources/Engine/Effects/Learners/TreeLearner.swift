import Experiments
import Runtime

/// Honest causal trees as a learner: grown anew on the tune units outside each fold, so that a unit's effect is its leaf's
/// in trees that never saw it. Cohorts merged from such trees have these same effects (S0 Algorithm 1).
enum TreeLearner {
    /// - Throws: `CancellationError`.
    static func fit(_ experiment: Experiment, folds: [UInt8], context: RunContext) throws -> ContrastModels {
        let foldCount = experiment.splitRule.foldCount
        let outcomes = experiment.outcomes
        let settings = TreeSettings(experiment.spec.effects)
        let models = try (0..<foldCount).flatMap { fold -> [EffectModel] in
            let training = experiment.restricted(toTune: experiment.tune.filter { Int(folds[$0]) != fold })
            let binned = try BinnedCovariates(training, context: context)
            let trees = try CausalTrees.grow(training, binned: binned, settings: settings, context: context)
            return trees.map { .rules(RuleTree($0, scale: outcomes[$0.outcome].observed.scale)) }
        }
        return ContrastModels(
            foldCount: foldCount, armCount: experiment.arms.count, outcomeCount: outcomes.count,
            encoding: FeatureEncoding(covariates: [], counting: 0..<0), models: models)
    }
}

extension Experiment {
    /// The experiment of some of the tune units alone, with outcomes and covariates in the same units.
    /// - Parameter units: ascending.
    fileprivate func restricted(toTune units: [Int]) -> Experiment {
        func pick<Value>(_ values: [Value]) -> [Value] { units.map { values[$0] } }
        let propensity: Propensity =
            switch self.propensity {
            case .shares: self.propensity
            case .columns(let columns): .columns(columns.map { pick($0) })
            }
        return Experiment(
            spec: spec, arms: arms,
            outcomes: outcomes.map { outcome in
                Outcome(
                    name: outcome.name, direction: outcome.direction, threshold: outcome.threshold,
                    armCosts: outcome.armCosts,
                    observed: ScaledColumn(
                        centre: outcome.observed.centre, scale: outcome.observed.scale,
                        values: pick(outcome.observed.values)))
            },
            covariates: covariates.map {
                Covariate(name: $0.name, encoding: $0.encoding, values: pick($0.values))
            },
            units: Units(keys: pick(self.units.keys), rows: pick(self.units.rows)), assignment: pick(assignment),
            propensity: propensity, splitRule: splitRule, tuneCount: units.count, suppliedEffects: [],
            dataDigest: dataDigest, droppedCount: droppedCount)
    }
}
