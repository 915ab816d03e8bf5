import Experiments
import Statistics

/// Judges the trials of a search alike: R-scores of every arm and outcome from the same residuals.
struct HyperparameterRisk: Sendable {
    /// One arm and outcome of one trial.
    struct ContrastScore: Sendable {
        /// 1 - risk/risk of the constant effect.
        let score: Double
        /// The losses over the mean loss of the constant effect.
        let losses: [Double]
    }

    private let pairs: [ContrastLosses]

    /// - Parameter nuisances: by the defaults, so that m does not move with the trials.
    init(_ experiment: Experiment, nuisances: Nuisances) {
        let outcomes = experiment.outcomes.count
        pairs = (1..<experiment.arms.count).flatMap { arm in
            (0..<outcomes).map { outcome in
                ContrastLosses(
                    experiment, arm: arm, outcome: outcome, folds: nuisances.folds,
                    means: nuisances.outcomeMeans(experiment, arm: arm, outcome: outcome))
            }
        }
    }

    /// At (arm - 1) * outcomes + outcome. A pair whose outcome does not vary scores 0.
    func scores(_ effects: EffectEstimates) -> [ContrastScore] {
        zip(pairs, effects.columns).map { pair, column in
            let constant = pair.constant.reduce(0, +) / Double(max(1, pair.constant.count))
            guard constant > 0 else { return ContrastScore(score: 0, losses: pair.constant) }
            let losses = pair.losses(column).map { $0 / constant }
            return ContrastScore(score: 1 - losses.reduce(0, +) / Double(losses.count), losses: losses)
        }
    }

    static func mean(_ scores: [ContrastScore]) -> Double {
        scores.reduce(0) { $0 + $1.score } / Double(max(1, scores.count))
    }

    /// How much higher the mean score is, with the standard error of the paired difference over units.
    ///
    /// Pairs share control's units, so their differences are added up unit by unit before the error is taken.
    func gain(_ scores: [ContrastScore], over reference: [ContrastScore]) -> Measure {
        var differences: [Int: Double] = [:]
        for (pair, (own, other)) in zip(pairs, zip(scores, reference)) {
            let weight = 1 / Double(max(1, own.losses.count * pairs.count))
            for (index, unit) in pair.units.enumerated() {
                differences[unit, default: 0] += weight * (other.losses[index] - own.losses[index])
            }
        }
        // In the order of the units: sums of doubles hang on their order.
        var moments = Moments()
        for unit in differences.keys.sorted() { moments.add(differences[unit] ?? 0) }
        let count = Double(moments.count)
        return Measure(value: count * moments.mean, standardError: count.squareRoot() * moments.standardDeviation)
    }
}
