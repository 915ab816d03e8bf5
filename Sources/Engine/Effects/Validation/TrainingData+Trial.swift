import Experiments
import Runtime

extension TrainingData {
    /// Data in which a learner may train on some units alone and predicts others: first the units of `training`, which
    /// train, then those of `heldOut`, which do not.
    ///
    /// Training units fall into folds 0 and 1, held-out units into fold 2, so that any learner fitted by fold predicts every
    /// held-out unit by models of all training units, and one that fits nuisance models out of fold still can. Folds are
    /// functions of the unit's key, so units get new keys here, themselves functions of the old ones.
    /// - Parameter predictsTraining: whether training units are to be predicted too.
    func trial(training: [Int], heldOut: [Int], predictsTraining: Bool) -> TrainingData {
        let chosen = training + heldOut
        let rule = SplitRule(seed: splitRule.seed, confirmShare: 0, foldCount: 3)
        let trial = picking(
            chosen, keys: trialKeys(chosen, trainingCount: training.count, rule: rule), splitRule: rule,
            trainingCount: training.count)
        return predictsTraining ? trial : trial.predicting([2])
    }

    /// For each unit the first key in a sequence of its own that falls into a fold it may have.
    private func trialKeys(_ chosen: [Int], trainingCount: Int, rule: SplitRule) -> [UInt64] {
        var keys = chosen.map { self.keys[$0] }
        var open = Array(keys.indices)
        while !open.isEmpty {
            for index in open { keys[index] = StableHash.mix(keys[index] &+ 1) }
            let folds = rule.folds(open.map { keys[$0] })
            open = zip(open, folds).filter { index, fold in (fold == 2) != (index >= trainingCount) }.map(\.0)
        }
        return keys
    }
}
