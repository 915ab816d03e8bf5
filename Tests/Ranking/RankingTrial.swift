import Ranking
import Runtime
import Statistics

/// Small simulated experiments for these tests: effects on value and cost depend on different features.
struct RankingTrial {
    let features: DenseMatrix
    let treated: [Bool]
    let value: [Double]
    let cost: [Double]
    let valueEffects: [Double]
    let costEffects: [Double]

    /// - Parameters:
    ///   - share: treated on average.
    ///   - noise: standard deviation of both outcomes about their means.
    ///   - curved: whether baselines are far from linear.
    init(
        units: Int, seed: UInt64, features count: Int = 4, share: Double = 0.5, noise: Double = 1, curved: Bool = false
    ) {
        var stream = RandomStream(seed: seed)
        let features = DenseMatrix(rowCount: units, columnCount: count) { _, _ in stream.normal() }
        self.features = features
        treated = (0..<units).map { _ in stream.bernoulli(share) }
        valueEffects = (0..<units).map { max(0.1, 1 + features[$0, 0]) }
        costEffects = (0..<units).map { max(0.2, 1 + 0.5 * features[$0, 1]) }
        func outcome(_ effects: [Double], _ treated: [Bool], _ column: Int, _ stream: inout RandomStream) -> [Double] {
            effects.indices.map { unit in
                let x = features[unit, column]
                let baseline = curved ? 3 * x * x : x
                return baseline + (treated[unit] ? effects[unit] : 0) + noise * stream.normal()
            }
        }
        value = outcome(valueEffects, treated, 2, &stream)
        cost = outcome(costEffects, treated, 3, &stream)
    }

    func sample() throws -> RankingSample {
        let share = Double(treated.count { $0 }) / Double(treated.count)
        return try RankingSample(
            features: features, treated: treated, propensity: treated.map { _ in share }, value: value, cost: cost)
    }

    func evaluation() throws -> EvaluationSample { try EvaluationSample(treated: treated, value: value, cost: cost) }

    /// The area of a score by the true effects.
    func trueArea(_ scores: [Double]) throws -> Double? {
        try CostCurve(scores: scores, valueEffects: valueEffects, costEffects: costEffects).area
    }

    var oracle: [Double] { zip(valueEffects, costEffects).map { $0 / $1 } }
}
