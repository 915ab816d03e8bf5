import Experiments
import Runtime

/// m(x) = E[Y given x] over the units of control and one arm, fitted on the validation units themselves (S2): inside every
/// fold, each half by boosted trees of the other half.
///
/// No unit that trains the validated learners trains m, and no unit's own outcome enters its m. The propensity needs no
/// fitting: it is known by design.
enum ValidationMeans {
    /// - Returns: by `ContrastIndex.position`, m of every training unit, scaled; 0 for units of other arms.
    static func fit(_ data: TrainingData, context: RunContext) throws -> [[Float]] {
        let (outcomes, foldCount) = (data.outcomeCount, data.foldCount)
        let halves = data.splitRule.estimation(data.keys)
        let encoding = FeatureEncoding(covariates: data.covariates, counting: data.training)
        struct Part: Sendable {
            let arm: Int
            let units: [Int]
            let values: [[Float]]
        }
        let parts = try context.workers.map((data.armCount - 1) * foldCount * 2) { index -> Part in
            let arm = index / (2 * foldCount) + 1
            let own = data.training.filter { unit in
                let given = Int(data.assignment[unit])
                return Int(data.folds[unit]) == index / 2 % foldCount && (given == 0 || given == arm)
            }
            let predicted = own.filter { halves[$0] == (index % 2 == 1) }
            let training = own.filter { halves[$0] != (index % 2 == 1) }
            let features = encoding.matrix(data.columns, rows: training)
            let scored = encoding.matrix(data.columns, rows: predicted)
            let values = try data.outcomes.map { outcome in
                try BoostedModel.train(
                    TrainingSet(
                        features: features, width: encoding.width,
                        labels: training.map { outcome.values[$0] }, categories: encoding.categories),
                    settings: .standard(trainingUnits: training.count), cancellation: context.cancellation
                ).predict(features: scored, width: encoding.width, rows: predicted.count)
            }
            return Part(arm: arm, units: predicted, values: values)
        }
        var means = [[Float]](
            repeating: [Float](repeating: 0, count: data.trainingCount), count: data.contrasts.count)
        for part in parts {
            for (j, values) in part.values.enumerated() {
                let cell = ContrastIndex(arm: part.arm, outcome: j).position(outcomeCount: outcomes)
                for (unit, value) in zip(part.units, values) { means[cell][unit] = value }
            }
        }
        return means
    }
}
