import Statistics

/// How well a learner ranks units, on units its models never saw: the uplift curve with its band, and its two summaries.
///
/// Computed inside each fold, where one model made all predictions, and averaged by fold size: predictions of different folds
/// differ in level for reasons that have nothing to do with the units (a fold whose outcomes are high by chance is predicted
/// low by the models that lack it), which biases a pooled ranking when there is nothing to find.
package struct RankingCurve: Sendable, Equatable, Codable {
    /// Gain per unit, in the outcome's unit and oriented (more is better), of treating the first share q of units instead of
    /// nobody: q E[Gamma_i - Gamma_0 | first q], at `RankingCurve.shares`.
    package let gains: [Double]
    /// The pointwise 95% band of `gains`.
    package let band: [Interval]
    /// Area under TOC(q) = E[Gamma_i - Gamma_0 | first q] - average effect: 0 for a ranking that knows nothing.
    package let autoc: Measure
    /// Area between the uplift curve and that of treating a random share: the Qini coefficient.
    package let qini: Measure

    package init(gains: [Double], band: [Interval], autoc: Measure, qini: Measure) {
        self.gains = gains
        self.band = band
        self.autoc = autoc
        self.qini = qini
    }

    /// The shares treated: 0, 2%, ... 100%.
    package static let shares = (0...50).map { Double($0) / 50 }
    private static let replicates = 200

    /// - Parameters:
    ///   - priority: the learner's oriented effects, one array per fold.
    ///   - scores: oriented Gamma_i - Gamma_0 of the same units, net of costs.
    ///   - scale: multiplies gains and areas.
    ///   - seed: of the bootstrap; the same coins fall for every learner, so that curves differ by what they rank.
    /// - Returns: nil without units.
    /// - Complexity: O(units (log units + replicates)).
    package init?(priority: [[Float]], scores: [[Double]], scale: Double, seed: UInt64) {
        let total = Double(priority.reduce(0) { $0 + $1.count })
        guard total > 1 else { return nil }
        var gains = [Double](repeating: 0, count: Self.shares.count)
        var variances = gains
        var (autoc, qini) = (Accumulated(), Accumulated())
        for (fold, own) in priority.enumerated() where own.count > 1 {
            let ranked = RankedScores(priority: own, scores: scores[fold])
            let weight = scale * Double(own.count) / total
            let value = ranked.value()
            var stream = RandomStream(seed: seed, purpose: "ranking fold \(fold)")
            let halves = (0..<Self.replicates).map { _ in ranked.half(&stream) }
            for point in gains.indices {
                gains[point] += weight * value.gains[point]
                variances[point] += weight * weight * Moments(halves.map { $0.gains[point] }).variance
            }
            autoc.add(value.autoc, halves.map(\.autoc), weight: weight)
            qini.add(value.qini, halves.map(\.qini), weight: weight)
        }
        self.gains = gains
        band = zip(gains, variances).map { Interval(estimate: $0, standardError: $1.squareRoot()) }
        self.autoc = autoc.measure
        self.qini = qini.measure
    }

    private struct Accumulated {
        var value = 0.0
        var variance = 0.0

        mutating func add(_ value: Double, _ halves: [Double], weight: Double) {
            self.value += weight * value
            variance += weight * weight * Moments(halves).variance
        }

        var measure: Measure { Measure(value: value, standardError: variance.squareRoot()) }
    }
}
