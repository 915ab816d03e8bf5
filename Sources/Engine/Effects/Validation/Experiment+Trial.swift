import Experiments
import Runtime

extension Experiment {
    /// An experiment in which a learner may train on some units alone and predicts others: its tune units are `training`, its
    /// confirm units `heldOut`, in this order.
    ///
    /// Training units fall into folds 0 and 1, held-out units into fold 2, so that any learner fitted by fold predicts every
    /// held-out unit by models of all training units, and one that fits nuisance models out of fold still can. Folds are
    /// functions of the unit's key, so units get new keys here, themselves functions of the old ones.
    func trial(training: [Int], heldOut: [Int]) -> Experiment {
        let chosen = training + heldOut
        let rule = SplitRule(seed: splitRule.seed, confirmShare: 0, foldCount: 3)
        let keys = Self.keys(units, training: training, heldOut: heldOut, rule: rule)
        func pick<Value>(_ values: [Value]) -> [Value] { chosen.map { values[$0] } }
        func pick(_ column: ScaledColumn) -> ScaledColumn {
            ScaledColumn(centre: column.centre, scale: column.scale, values: pick(column.values))
        }
        let propensity: Propensity =
            switch propensity {
            case .shares: propensity
            case .columns(let columns): .columns(columns.map { pick($0) })
            }
        return Experiment(
            spec: spec, arms: arms,
            outcomes: outcomes.map {
                Outcome(
                    name: $0.name, direction: $0.direction, threshold: $0.threshold, armCosts: $0.armCosts,
                    observed: pick($0.observed), winsorizing: $0.winsorizing, preperiod: $0.preperiod.map { pick($0) })
            },
            covariates: covariates.map {
                Covariate(name: $0.name, encoding: $0.encoding, values: pick($0.values))
            },
            units: Units(keys: keys, rows: pick(units.rows)), assignment: pick(assignment), propensity: propensity,
            splitRule: rule, tuneCount: training.count, suppliedEffects: suppliedEffects.map { pick($0) },
            dataDigest: dataDigest, droppedCount: droppedCount)
    }

    /// For each unit the first key in a sequence of its own that falls into a fold it may have.
    private static func keys(_ units: Units, training: [Int], heldOut: [Int], rule: SplitRule) -> [UInt64] {
        var keys = (training + heldOut).map { units.keys[$0] }
        var open = Array(keys.indices)
        while !open.isEmpty {
            for index in open { keys[index] = StableHash.mix(keys[index] &+ 1) }
            let folds = rule.folds(open.map { keys[$0] })
            open = zip(open, folds).filter { index, fold in (fold == 2) != (index >= training.count) }.map(\.0)
        }
        return keys
    }
}
