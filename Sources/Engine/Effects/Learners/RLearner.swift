import Experiments

/// The R-learner (Nie & Wager 2021): minimise sum ((Y - m(x)) - (W - p) tau(x))^2, which is the regression of
/// (Y - m)/(W - p) with weight (W - p)^2; p = e_i/(e_0 + e_i) is known and m = (1 - p) mu_0 + p mu_i.
package struct RLearner: ContrastLearner, SearchableLearner {
    private let effectModels: BoostingSpec?

    package init(effectModels: BoostingSpec? = nil) { self.effectModels = effectModels }

    package var capabilities: LearnerCapabilities { LearnerCapabilities(nestedOutcomeModels: true) }
    package var searchSpace: BoostingSpace { BoostingSpace(part: .effectModels, isForest: false) }

    package func setting(_ boosting: BoostingSpec) -> RLearner { RLearner(effectModels: boosting) }

    func models(_ training: ContrastTraining) throws -> [EffectModel] {
        let rows = training.bothArms
        let features = training.features(rows)
        let residuals = ContrastResiduals(training, rows: rows)
        return try training.outcomes.map { outcome in
            let labels = zip(residuals.outcome[outcome], residuals.treatment).map { Float($0 / $1) }
            return .boosted(
                try training.effectModel(
                    training.set(features, labels: labels, weights: residuals.treatment.map { Float($0 * $0) }),
                    rows: rows,
                    settings: effectModels))
        }
    }
}

/// Residuals of outcome and treatment on units of control and an arm, out of sample.
struct ContrastResiduals {
    /// Y - m(x), one column per outcome, scaled.
    let outcome: [[Double]]
    /// W - p, never 0 where propensities lie inside 0 and 1.
    let treatment: [Double]

    init(_ training: ContrastTraining, rows: [Int]) {
        let mu = training.nestedPredictions(rows)
        let shares = rows.map { training.share($0) }
        treatment = zip(rows, shares).map { (training.isTreated($0) ? 1 : 0) - $1 }
        outcome = training.outcomes.map { outcome in
            let observed = training.observed(outcome)
            return rows.indices.map { row in
                let (base, own) = (Double(mu.control[outcome][row]), Double(mu.treated[outcome][row]))
                return Double(observed[rows[row]]) - ((1 - shares[row]) * base + shares[row] * own)
            }
        }
    }
}
