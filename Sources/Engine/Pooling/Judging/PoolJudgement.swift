import Runtime
import Statistics

/// Learners of a pool judged on the units that neither fitted nor chose (S2 section 5.1), by outcome, in units of control's
/// variance.
package struct PoolJudgement: Sendable, Equatable, Codable {
    /// One learner on one outcome.
    package struct Row: Sendable, Equatable, Codable {
        package let learner: String
        package let outcome: String
        /// Mean (Y - mu_T(x))².
        package let muRisk: Double
        /// Mean ((Y - m(x)) - (T - p) tau(x))², m a linear model of the units that fit.
        package let tauRisk: Double
        /// 1 - tau-risk / tau-risk of the effect that is the same for everybody.
        package let rScore: Double
        /// Mean (tau-hat - tau)² of the judging units whose effects are known; nil where nobody knows any.
        package let pehe: Double?
        /// Its mu-risk less that of the pool's model, on the same units; nil for that model itself.
        package let muDifference: Estimate?
        /// The same of tau-risk.
        package let tauDifference: Estimate?
    }

    package let rows: [Row]

    /// The learner of least risk over all outcomes, as selection by mu-risk or by tau-risk has it (S2 tables 3 and 4).
    package func chosen(by risk: (Row) -> Double) -> String? {
        let names = rows.map(\.learner)
        return Set(names).min { first, second in
            let sums = [first, second].map { name in
                rows.filter { $0.learner == name }.reduce(0) { $0 + risk($1) }
            }
            return (sums[0], names.firstIndex(of: first) ?? 0) < (sums[1], names.firstIndex(of: second) ?? 0)
        }
    }

    /// - Parameter predictors: the pool's model first.
    /// - Throws: `CancellationError`.
    init(_ pool: Pool, predictors: [PoolPredictor], context: RunContext) throws {
        let losses = try context.workers.map(pool.experiments.count) { experiment in
            try context.cancellation.check()
            return try ExperimentLosses(pool, experiment: experiment, predictors: predictors)
        }
        rows = predictors.indices.flatMap { index in
            pool.shape.outcomes.indices.map { outcome in
                let own = losses.flatMap { $0.losses(predictor: index, outcome: outcome) }
                let first = losses.flatMap { $0.losses(predictor: 0, outcome: outcome) }
                func mean(_ value: (ExperimentLosses.Loss) -> Double) -> Double {
                    own.reduce(0) { $0 + value($1) } / Double(max(1, own.count))
                }
                func difference(_ value: (ExperimentLosses.Loss) -> Double) -> Estimate? {
                    guard index > 0 else { return nil }
                    var moments = Moments()
                    for (a, b) in zip(own, first) { moments.add(value(a) - value(b)) }
                    return Estimate(value: moments.mean, standardError: moments.standardError)
                }
                let constant = mean(\.constant)
                let known = own.compactMap(\.effect)
                return Row(
                    learner: predictors[index].name, outcome: pool.shape.outcomes[outcome], muRisk: mean(\.mu),
                    tauRisk: mean(\.tau), rScore: constant > 0 ? 1 - mean(\.tau) / constant : 0,
                    pehe: known.isEmpty ? nil : known.reduce(0, +) / Double(known.count),
                    muDifference: difference(\.mu), tauDifference: difference(\.tau))
            }
        }
    }
}

/// Squared errors of every judging unit of one experiment.
struct ExperimentLosses: Sendable {
    struct Loss: Sendable {
        /// Of the outcome.
        let mu: Double
        /// Of the residual by the effect.
        let tau: Double
        /// The same by the effect that is the same for everybody.
        let constant: Double
        /// Of the effect itself, where it is known.
        let effect: Double?
    }

    /// At predictor, then outcome of the pool.
    private let all: [[[Loss]]]

    func losses(predictor: Int, outcome: Int) -> [Loss] { all[predictor][outcome] }

    init(_ pool: Pool, experiment: Int, predictors: [PoolPredictor]) throws {
        let own = pool.experiments[experiment]
        let entry = pool.shape.experiments[experiment]
        let empty = [[Loss]](repeating: [], count: pool.shape.outcomes.count)
        var all = [[[Loss]]](repeating: empty, count: predictors.count)
        for arm in own.arms.indices.dropFirst() {
            let units = pool.units(.judging, of: experiment).filter { [0, arm].contains(Int(own.assignment[$0])) }
            guard !units.isEmpty else { continue }
            let features = own.features(of: units)
            let levels = Self.outcomeModels(pool, experiment, arm: arm, features)
            let predictions = try predictors.map { try $0.predict(experiment, features, units.count) }
            for (slot, outcome) in entry.outcomes.enumerated() {
                var (cross, squares) = (0.0, 0.0)
                let residuals = units.indices.map { row -> (outcome: Double, treatment: Double) in
                    let unit = units[row]
                    let treatment = (own.assignment[unit] == 0 ? 0 : 1) - own.share(ofArm: arm, unit: unit)
                    let residual = Double(own.values[slot][unit]) - levels[slot][row]
                    cross += residual * treatment
                    squares += treatment * treatment
                    return (residual, treatment)
                }
                let average = squares > 0 ? cross / squares : 0
                for index in predictors.indices {
                    let base = predictions[index][slot]
                    let treated = predictions[index][arm * entry.outcomes.count + slot]
                    for (row, unit) in units.enumerated() {
                        let observed = Double(own.values[slot][unit])
                        let mu = observed - (own.assignment[unit] == 0 ? base[row] : treated[row])
                        let tau = residuals[row].outcome - residuals[row].treatment * (treated[row] - base[row])
                        let constant = residuals[row].outcome - residuals[row].treatment * average
                        let truth = own.truth.map {
                            $0[(arm - 1) * entry.outcomes.count + slot][unit] / own.scales[slot]
                        }
                        let miss = truth.flatMap { $0.isNaN ? nil : treated[row] - base[row] - $0 }
                        all[index][outcome].append(
                            Loss(
                                mu: mu * mu, tau: tau * tau, constant: constant * constant,
                                effect: miss.map { $0 * $0 }))
                    }
                }
            }
        }
        self.all = all
    }

    /// m(x) of each outcome for judging units: a linear model of both arms' units that fit, its ridge by those that choose. S2
    /// section 5.1 fits it on the judging units; where the inputs are as many as those, it explains all that they show, and
    /// whoever predicts no effect wins.
    private static func outcomeModels(_ pool: Pool, _ experiment: Int, arm: Int, _ features: [Float]) -> [[Double]] {
        let own = pool.experiments[experiment]
        let width = pool.inputs.inputs.count
        func units(_ role: Pool.Role) -> [Int] {
            pool.units(role, of: experiment).filter { [0, arm].contains(Int(own.assignment[$0])) }
        }
        let (fitting, held) = (units(.training), units(.held))
        let heldFeatures = own.features(of: held)
        var sums = TaskSums(width: width, outcomeCount: own.outcomes.count)
        sums.add(
            features: own.features(of: fitting).map(Double.init),
            values: own.values.map { column in fitting.map { Double(column[$0]) } })
        let task = CentredTask(sums, outcomes: Array(own.outcomes.indices))
        let candidates = ridges.map { TaskRidge(task, ridge: $0) }
        let rows = width > 0 ? features.count / width : 0
        return own.outcomes.indices.map { slot in
            func predict(_ model: TaskRidge, _ features: [Float], _ row: Int) -> Double {
                var sum = model.intercepts[slot]
                for index in 0..<width {
                    sum += model.coefficients[slot][index] * Double(features[row * width + index])
                }
                return sum
            }
            let errors = candidates.map { model in
                held.indices.reduce(0.0) { sum, row in
                    let miss = Double(own.values[slot][held[row]]) - predict(model, heldFeatures, row)
                    return sum + miss * miss
                }
            }
            let best = candidates[errors.indices.min { errors[$0] < errors[$1] } ?? 0]
            return (0..<rows).map { predict(best, features, $0) }
        }
    }

    private static let ridges = [1.0, 10, 100, 1000]
}
