import Runtime
import Statistics

/// Means of outcomes given the covariates, every unit's by a model that did not see its fold: additive piecewise linear
/// functions by ridge regression.
///
/// Residuals need no exact mean: whatever is taken off, randomisation keeps effects unbiased, and what is explained no longer
/// disturbs. On the nonlinear baselines of METHODS section 6 these gain what forests gain, in a fraction of the time.
enum OutcomeMeans {
    static let knots = 6

    /// - Parameters:
    ///   - features: standardised.
    ///   - rows: units that models are fitted on; nil is all. All units are predicted.
    /// - Returns: by outcome, one per unit.
    static func crossFitted(
        _ outcomes: [[Double]], _ features: DenseMatrix, sample: RankingSample, rows: [Int]? = nil, context: RunContext
    ) throws -> [[Double]] {
        let basis = HingeBasis(features, knotCount: knots)
        // Products of centred outcomes keep their digits.
        let centres = outcomes.map { $0.reduce(0, +) / Double(max(1, $0.count)) }
        let centred = zip(outcomes, centres).map { outcome, centre in outcome.map { $0 - centre } }
        let folds = try RidgeSums.byFold(
            features, basis: basis, targets: centred, rows: rows, folds: sample.folds, foldCount: sample.foldCount,
            workers: context.workers)
        try context.cancellation.check()
        let total = folds.dropFirst().reduce(folds[0], +)
        let penalties = RidgeRegression.penalties(of: folds)
        let predictions = try context.workers.map(sample.foldCount) { fold in
            let own = sample.folds.indices.filter { sample.folds[$0] == fold }
            let part = features.rows(own)
            return try outcomes.indices.map { outcome in
                try context.cancellation.check()
                let fits = RidgeRegression.solve(total - folds[fold], penalty: penalties[outcome])
                return (own, basis.evaluate(fits[outcome], part))
            }
        }
        return outcomes.indices.map { outcome in
            var means = [Double](repeating: 0, count: sample.count)
            for fold in predictions {
                for (unit, mean) in zip(fold[outcome].0, fold[outcome].1) { means[unit] = mean + centres[outcome] }
            }
            return means
        }
    }
}
