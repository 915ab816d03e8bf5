import Runtime
import Statistics

/// Linear effects on value and cost by an orthogonal regression: sums by fold, from which any combination of the two
/// outcomes can be fitted.
struct EffectRegression: Sendable {
    let scaling: FeatureScaling
    /// Targets: value, then cost.
    let folds: [RidgeSums]

    /// How outcomes become a target of regression.
    enum Method: Sendable {
        /// Nie & Wager's R-learner: (Y - m) / (W - e), weighted by (W - e)².
        case residual
        /// Kennedy's DR-learner: the difference of doubly robust scores, unweighted.
        case doublyRobust
    }

    init(_ sample: RankingSample, method: Method, context: RunContext) throws {
        scaling = FeatureScaling(sample.features)
        let features = scaling.applied(to: sample.features)
        let outcomes = [sample.value, sample.cost]
        let targets: [[Double]]
        var weights: [Double]?
        switch method {
        case .residual:
            let means = try OutcomeMeans.crossFitted(outcomes, features, sample: sample, context: context)
            let centred = zip(sample.treated, sample.propensity).map { ($0 ? 1 : 0) - $1 }
            weights = centred.map { $0 * $0 }
            targets = outcomes.indices.map { outcome in
                centred.indices.map { (outcomes[outcome][$0] - means[outcome][$0]) / centred[$0] }
            }
        case .doublyRobust:
            let arms = try [false, true].map { arm in
                try OutcomeMeans.crossFitted(
                    outcomes, features, sample: sample,
                    rows: sample.treated.indices.filter { sample.treated[$0] == arm },
                    context: context)
            }
            targets = outcomes.indices.map { outcome in
                sample.treated.indices.map { unit in
                    let (control, treated) = (arms[0][outcome][unit], arms[1][outcome][unit])
                    let e = sample.propensity[unit]
                    let residual =
                        sample.treated[unit]
                        ? (outcomes[outcome][unit] - treated) / e : (control - outcomes[outcome][unit]) / (1 - e)
                    return treated - control + residual
                }
            }
        }
        folds = try RidgeSums.byFold(
            features, basis: HingeBasis(linear: sample.featureCount), targets: targets, weights: weights,
            folds: sample.folds, foldCount: sample.foldCount, workers: context.workers)
        try context.cancellation.check()
    }

    var total: RidgeSums { folds.dropFirst().reduce(folds[0], +) }

    /// The sums of value less a price times cost.
    func priced(_ price: Double) -> [RidgeSums] { folds.map { $0.combining([1, -price]) } }
}

/// A linear function of features as they come.
struct LinearFunction: Sendable, Equatable {
    let scaling: FeatureScaling
    /// Constant first, then one per standardised feature.
    let coefficients: [Double]

    func values(_ features: DenseMatrix) -> [Double] {
        HingeBasis(linear: features.columnCount).evaluate(coefficients, scaling.applied(to: features))
    }

    /// The same function without the scaling.
    var plain: ScoreFunction.LinearScore {
        let slopes = zip(coefficients.dropFirst(), scaling.factors).map { $0 * $1 }
        return ScoreFunction.LinearScore(
            constant: coefficients[0] - zip(slopes, scaling.means).reduce(0) { $0 + $1.0 * $1.1 },
            coefficients: slopes)
    }
}
