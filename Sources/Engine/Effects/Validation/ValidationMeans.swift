import Experiments
import Runtime

/// m(x) = E[Y given x] over the units of control and one arm, fitted on the validation units themselves (S2): inside every
/// fold, each half by boosted trees of the other half.
///
/// No unit that trains the judged learners trains m, and no unit's own outcome enters its m. The propensity needs no
/// fitting: it is known by design.
enum ValidationMeans {
    /// - Returns: for each arm 1..<arms and outcome, at (arm - 1) * outcomes + outcome, m of every tune unit, scaled; 0 for
    ///   units of other arms.
    static func fit(_ experiment: Experiment, folds: [UInt8], context: RunContext) throws -> [[Float]] {
        let outcomes = experiment.outcomes.count
        let foldCount = experiment.splitRule.foldCount
        let halves = experiment.splitRule.estimation(experiment.units.keys)
        let encoding = FeatureEncoding(covariates: experiment.covariates, counting: experiment.tune)
        let columns = experiment.covariates.map(\.values)
        struct Part: Sendable {
            let arm: Int
            let units: [Int]
            let values: [[Float]]
        }
        let parts = try context.workers.map((experiment.arms.count - 1) * foldCount * 2) { index -> Part in
            let arm = index / (2 * foldCount) + 1
            let own = experiment.tune.filter { unit in
                let given = Int(experiment.assignment[unit])
                return Int(folds[unit]) == index / 2 % foldCount && (given == 0 || given == arm)
            }
            let predicted = own.filter { halves[$0] == (index % 2 == 1) }
            let training = own.filter { halves[$0] != (index % 2 == 1) }
            let features = encoding.matrix(columns, rows: training)
            let scored = encoding.matrix(columns, rows: predicted)
            let values = try experiment.outcomes.map { outcome in
                try BoostedModel.train(
                    TrainingSet(
                        features: features, width: encoding.width,
                        labels: training.map { outcome.observed.values[$0] }),
                    settings: .standard(trainingUnits: training.count), cancellation: context.cancellation
                ).predict(features: scored, width: encoding.width, rows: predicted.count)
            }
            return Part(arm: arm, units: predicted, values: values)
        }
        var means = [[Float]](
            repeating: [Float](repeating: 0, count: experiment.tuneCount),
            count: (experiment.arms.count - 1) * outcomes)
        for part in parts {
            for (j, values) in part.values.enumerated() {
                let cell = (part.arm - 1) * outcomes + j
                for (unit, value) in zip(part.units, values) { means[cell][unit] = value }
            }
        }
        return means
    }
}
