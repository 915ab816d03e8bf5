import Experiments
import Statistics

/// Scores the trials of a search alike: R-scores of every arm and outcome from the same residuals.
struct HyperparameterRisk: Sendable {
    /// One arm and outcome of one trial.
    struct ContrastScore: Sendable {
        /// 1 - risk/risk of the constant effect.
        let score: Double
        /// The losses over the mean loss of the constant effect.
        let losses: [Double]
    }

    private let contrasts: [ContrastLosses]

    /// - Parameter nuisances: by the defaults, so that m does not move with the trials.
    init(_ data: TrainingData, nuisances: Nuisances) {
        contrasts = data.contrasts.map { ContrastLosses(data, $0, means: nuisances.outcomeMeans(data, $0)) }
    }

    /// By `ContrastIndex.position`. A contrast whose outcome does not vary scores 0.
    func scores(_ effects: EffectEstimates) -> [ContrastScore] {
        zip(contrasts, effects.columns).map { contrast, column in
            let constant = contrast.constant.reduce(0, +) / Double(max(1, contrast.constant.count))
            guard constant > 0 else { return ContrastScore(score: 0, losses: contrast.constant) }
            let losses = contrast.losses(column).map { $0 / constant }
            return ContrastScore(score: 1 - losses.reduce(0, +) / Double(losses.count), losses: losses)
        }
    }

    static func mean(_ scores: [ContrastScore]) -> Double {
        scores.reduce(0) { $0 + $1.score } / Double(max(1, scores.count))
    }

    /// How much higher the mean score is, with the standard error of the paired difference over units.
    ///
    /// Contrasts share control's units, so their differences are added up unit by unit before the error is taken.
    func gain(_ scores: [ContrastScore], over reference: [ContrastScore]) -> Measure {
        var differences: [Int: Double] = [:]
        for (contrast, (own, other)) in zip(contrasts, zip(scores, reference)) {
            let weight = 1 / Double(max(1, own.losses.count * contrasts.count))
            for (index, unit) in contrast.units.enumerated() {
                differences[unit, default: 0] += weight * (other.losses[index] - own.losses[index])
            }
        }
        // In the order of the units: sums of doubles depend on it.
        var moments = Moments()
        for unit in differences.keys.sorted() { moments.add(differences[unit] ?? 0) }
        let count = Double(moments.count)
        return Measure(value: count * moments.mean, standardError: count.squareRoot() * moments.standardDeviation)
    }
}
