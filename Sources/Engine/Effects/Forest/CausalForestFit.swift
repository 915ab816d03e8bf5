import Experiments
import Runtime

/// A trained causal forest with what is known of its own training units.
package struct CausalForestFit: Sendable {
    package let forest: CausalForest
    package let sample: ForestSample
    /// m by row of the data, as given or by the forest's own out-of-bag forest; 0 outside the sample.
    package let outcomeMeans: [Float]
    private let settings: ForestSettings
    private let seed: UInt64

    /// Trains a forest on a sample.
    ///
    /// Treatment is residualised by the known propensity, the outcome by m(x): `outcomeMeans` if given (they must not have
    /// seen the row's own outcome), else a forest's out-of-bag predictions.
    ///
    /// - Parameters:
    ///   - columns: encoded covariates of all rows of the data.
    ///   - binned: the same covariates; 32 to 64 bins do and are fastest.
    ///   - outcomeMeans: by row of the data, scaled.
    /// - Throws: `CancellationError`.
    /// - Complexity: O(trees x units x covariates x depth), parallel over bags; the result does not depend on threads.
    package static func train(
        _ sample: ForestSample, columns: [[Float]], binned: BinnedCovariates, outcomeMeans given: [Float]? = nil,
        settings: ForestSettings = ForestSettings(), seed: UInt64, context: RunContext
    ) throws -> CausalForestFit {
        let means =
            try given
            ?? OutcomeForest.outOfBag(
                sample, binned: binned, columns: columns, settings: settings, seed: seed,
                context: context)
        let treatment = sample.treatmentResiduals
        let outcome = zip(sample.outcome, means).map { $0 - $1 }
        let growth = ForestGrowth(
            binned: binned, sample: sample, target: .effect, settings: settings, seed: seed, treatment: treatment,
            outcome: outcome, honest: true)
        let bags = sample.smallestArm < settings.leastArm ? 0 : settings.bags
        let trees = try growth.trees(bags: bags, phase: "growing the causal forest", context: context)
        return CausalForestFit(
            forest: try CausalForest(trees: trees, constant: constant(sample, treatment, outcome)), sample: sample,
            outcomeMeans: means, settings: settings, seed: seed)
    }

    /// tau of the training units, in the order of `sample.rows`, each by the bags that did not hold it.
    /// - Parameter columns: encoded covariates of all rows.
    /// - Throws: `CancellationError`.
    package func outOfBag(
        _ columns: [[Float]], variances: Bool = true, context: RunContext
    ) throws -> ForestPrediction {
        let bags = (0..<forest.trees.count / 2).map { ForestBag($0, seed: seed, settings: settings) }
        let keys = sample.keys
        let scoring = ForestScoring(trees: forest.trees, columns: columns) { bags[$0].contains(keys[$1]) }
        return try forest.predict(scoring, sample.rows.map { Int($0) }, variances, context)
    }

    /// The average effect over the training units from their out-of-bag effects.
    package func average(_ outOfBag: ForestPrediction) -> DoublyRobustAverage {
        DoublyRobustAverage(sample, effects: outOfBag.effects, outcomeMeans: outcomeMeans)
    }

    /// The regression of residual outcome on residual treatment with its heteroscedasticity-robust (HC1) variance; no
    /// effect where an arm is empty, with the variance of an outcome.
    private static func constant(
        _ sample: ForestSample, _ treatment: [Float], _ outcome: [Float]
    ) -> CausalForest.ConstantEffect {
        let rows = sample.rows.map { Int($0) }
        let count = Double(max(1, rows.count))
        let w = rows.reduce(0.0) { $0 + Double(treatment[$1]) } / count
        let y = rows.reduce(0.0) { $0 + Double(outcome[$1]) } / count
        var (spread, product) = (0.0, 0.0)
        for row in rows {
            let deviation = Double(treatment[row]) - w
            spread += deviation * deviation
            product += deviation * (Double(outcome[row]) - y)
        }
        guard sample.smallestArm > 0, spread > 1e-10 * count else {
            return CausalForest.ConstantEffect(effect: 0, variance: 1)
        }
        let effect = product / spread
        let noise = rows.reduce(0.0) { sum, row in
            let deviation = Double(treatment[row]) - w
            let error = deviation * (Double(outcome[row]) - y - effect * deviation)
            return sum + error * error
        }
        return CausalForest.ConstantEffect(
            effect: effect, variance: noise / (spread * spread) * count / max(1, count - 2))
    }
}
