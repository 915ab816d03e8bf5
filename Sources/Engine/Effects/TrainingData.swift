import Experiments

/// What a learner may see of an experiment: covariates, arms, propensities, outcomes, folds, and which units train. No
/// names of arms or outcomes, no costs, no directions.
///
/// Columns share their memory with the experiment's; a subset of the units is a list of indices wherever that will do.
/// - Invariant: every column has `unitCount` values.
package struct TrainingData: Sendable {
    /// Control included.
    package let armCount: Int
    package let covariates: [Covariate]
    /// The encoded values of the covariates, one column each.
    package let columns: [[Float]]
    /// Observed arm of each unit.
    package let assignment: [UInt8]
    package let propensity: Propensity
    /// Observed outcomes, gross of arm costs.
    package let outcomes: [ScaledColumn]
    /// `StableHash.key` of each unit's id, or of its cluster's: what splits are drawn by.
    package let keys: [UInt64]
    /// The fold of each unit.
    package let folds: [UInt8]
    package let splitRule: SplitRule
    /// Units [0, trainingCount) train; the others are scored only.
    package let trainingCount: Int
    /// Effects computed elsewhere, in the outcome's own unit, by `ContrastIndex.position`; empty without them.
    package let suppliedEffects: [ScaledColumn]
    /// Folds whose units are to be predicted, ascending; others need no models.
    private(set) var predictedFolds: [Int]

    init(
        armCount: Int, covariates: [Covariate], assignment: [UInt8], propensity: Propensity, outcomes: [ScaledColumn],
        keys: [UInt64], splitRule: SplitRule, trainingCount: Int, suppliedEffects: [ScaledColumn]
    ) {
        precondition(covariates.allSatisfy { $0.values.count == keys.count })
        precondition(outcomes.allSatisfy { $0.values.count == keys.count })
        precondition(assignment.count == keys.count && (0...keys.count).contains(trainingCount))
        self.armCount = armCount
        self.covariates = covariates
        columns = covariates.map(\.values)
        self.assignment = assignment
        self.propensity = propensity
        self.outcomes = outcomes
        self.keys = keys
        folds = splitRule.folds(keys)
        self.splitRule = splitRule
        self.trainingCount = trainingCount
        self.suppliedEffects = suppliedEffects
        predictedFolds = Array(0..<splitRule.foldCount)
    }

    /// Tune units train.
    /// - Complexity: O(units), for the folds.
    package init(_ experiment: Experiment) {
        self.init(
            armCount: experiment.arms.count, covariates: experiment.covariates, assignment: experiment.assignment,
            propensity: experiment.propensity, outcomes: experiment.outcomes.map(\.observed),
            keys: experiment.units.splitKeys, splitRule: experiment.splitRule, trainingCount: experiment.tuneCount,
            suppliedEffects: experiment.suppliedEffects)
    }

    package var unitCount: Int { keys.count }
    package var outcomeCount: Int { outcomes.count }
    package var foldCount: Int { splitRule.foldCount }
    package var training: Range<Int> { 0..<trainingCount }
    package var heldOut: Range<Int> { trainingCount..<unitCount }
    package var contrasts: [ContrastIndex] { ContrastIndex.all(arms: armCount, outcomes: outcomeCount) }

    /// The same where only the units of some folds are to be predicted.
    func predicting(_ folds: [Int]) -> TrainingData {
        var other = self
        other.predictedFolds = folds
        return other
    }

    /// Models of the predicted folds, so many a fold, in their places among those of all folds.
    func placed<Model>(_ models: [Model], perFold: Int, elsewhere: Model) -> [Model] {
        var all = Array(repeating: elsewhere, count: foldCount * perFold)
        for (place, fold) in predictedFolds.enumerated() {
            for index in 0..<perFold { all[fold * perFold + index] = models[place * perFold + index] }
        }
        return all
    }

    /// Training units outside a fold, ascending.
    package func training(outside fold: Int) -> [Int] { training.filter { Int(folds[$0]) != fold } }

    /// p = e_i/(e_0 + e_i): the probability that a unit got an arm, given that it got that arm or control.
    package func share(ofArm arm: Int, unit: Int) -> Double {
        let own = propensity.of(arm: arm, unit: unit)
        return own / (own + propensity.of(arm: 0, unit: unit))
    }
}

extension TrainingData {
    /// A copy of the rows of some units, with outcomes and covariates in the same units of measure.
    /// - Parameters:
    ///   - keys: of the units chosen, in their order.
    ///   - trainingCount: how many of the units chosen train, the first ones.
    func picking(_ chosen: [Int], keys: [UInt64], splitRule: SplitRule, trainingCount: Int) -> TrainingData {
        func pick<Value>(_ values: [Value]) -> [Value] { chosen.map { values[$0] } }
        func pick(_ column: ScaledColumn) -> ScaledColumn {
            ScaledColumn(centre: column.centre, scale: column.scale, values: pick(column.values))
        }
        let propensity: Propensity =
            switch propensity {
            case .shares: propensity
            case .columns(let columns): .columns(columns.map { pick($0) })
            }
        return TrainingData(
            armCount: armCount,
            covariates: covariates.map {
                Covariate(name: $0.name, encoding: $0.encoding, values: pick($0.values))
            },
            assignment: pick(assignment), propensity: propensity, outcomes: outcomes.map { pick($0) }, keys: keys,
            splitRule: splitRule, trainingCount: trainingCount, suppliedEffects: suppliedEffects.map { pick($0) })
    }
}
