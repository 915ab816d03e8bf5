import Runtime
import Statistics

/// The R-learner of value less a price times cost (S4's baseline; Du, Lee & Ghaffarizadeh 2019), at the price of a grid whose order
/// has the largest area on folds that were not fitted.
package struct PricedEffectRanker: Ranker {
    /// Prices tried, as multiples of the average value effect over the average cost effect.
    package let grid: [Double]

    package var name: String { "R at a price" }

    package init(grid: [Double] = [0, 0.25, 0.5, 1, 2, 4]) {
        precondition(!grid.isEmpty)
        self.grid = grid
    }

    package func fit(_ sample: RankingSample, context: RunContext) throws -> any RankingModel {
        let regression = try EffectRegression(sample, method: .residual, context: context)
        let averages = RidgeRegression.solve(regression.total, penalty: 1e12)
        let exchange = averages[1][0] > 0 ? max(0, averages[0][0] / averages[1][0]) : 0
        let evaluation = try EvaluationSample(
            treated: sample.treated, value: sample.value, cost: sample.cost,
            inversePropensity: zip(sample.treated, sample.propensity).map { $0 ? 1 / $1 : 1 / (1 - $1) })
        let features = regression.scaling.applied(to: sample.features)
        let basis = HingeBasis(linear: sample.featureCount)
        var best: (area: Double, coefficients: [Double])?
        for multiple in grid {
            try context.cancellation.check()
            let folds = regression.priced(multiple * exchange)
            let total = folds.dropFirst().reduce(folds[0], +)
            let penalty = RidgeRegression.penalties(of: folds)[0]
            var scores = [Double](repeating: 0, count: sample.count)
            for (fold, sums) in folds.enumerated() {
                let own = sample.folds.indices.filter { sample.folds[$0] == fold }
                let fit = RidgeRegression.solve(total - sums, penalty: penalty)[0]
                for (unit, score) in zip(own, basis.evaluate(fit, features.rows(own))) { scores[unit] = score }
            }
            let area = (try? CostCurve(scores: scores, sample: evaluation).area) ?? 0
            if area > best?.area ?? -.infinity {
                best = (area, RidgeRegression.solve(total, penalty: penalty)[0])
            }
        }
        guard let best else {
            throw EspalierError(
                .data, "no price gives an order whose area can be measured", remedy: "check the value and cost columns")
        }
        return PricedEffect(effect: LinearFunction(scaling: regression.scaling, coefficients: best.coefficients))
    }
}

/// The effect on value less price times cost.
private struct PricedEffect: RankingModel {
    let effect: LinearFunction

    func scores(_ features: DenseMatrix) -> [Double] { effect.values(features) }

    var function: ScoreFunction { .linear(effect.plain) }
}
