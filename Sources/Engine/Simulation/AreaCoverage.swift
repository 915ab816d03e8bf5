import Ranking
import Runtime
import Statistics

/// How often 95% intervals cover the truth of a fixed score over simulated experiments of a family: of the area, and of the
/// value of the best 30%.
package struct AreaCoverage: Sendable {
    package let experiments: Int
    /// Experiments whose intervals exist.
    package let bounded: Int
    package let areaCovered: Int
    package let valueCovered: Int

    /// A score that is good but no oracle, so that both tails of its area are free.
    private static func score(_ features: DenseMatrix) -> [Double] {
        (0..<features.rowCount).map {
            features[$0, 0] + features[$0, 1] / 2 - 0.8 * (features[$0, 2] - features[$0, 0] / 2)
        }
    }

    /// - Throws: `CancellationError`.
    package init(
        _ family: RankingFamily, units: Int, experiments: Int, replicates: Int = 500, context: RunContext = RunContext()
    ) throws {
        var stream = RandomStream(seed: 1, purpose: "ranking coverage")
        let large = family.draw(units: 400_000, from: &stream)
        let truth = try CostCurve(
            scores: Self.score(large.features), valueEffects: large.valueEffects, costEffects: large.costEffects)
        let area = truth.area ?? .nan
        let single = RunContext(workers: Workers(count: 1), cancellation: context.cancellation)
        let index = 2  // The third decile.
        let covered = try context.workers.map(experiments) { number -> (area: Bool, value: Bool)? in
            var stream = RandomStream(seed: UInt64(number), purpose: "ranking coverage")
            let drawn = family.draw(units: units, from: &stream)
            let estimate = try CurveEstimate(
                scores: Self.score(drawn.features),
                sample: EvaluationSample(treated: drawn.treated, value: drawn.value, cost: drawn.cost),
                replicates: replicates, seed: UInt64(number), context: single)
            guard let interval = estimate.areaInterval(), let value = estimate.valueInterval(index) else { return nil }
            return (interval.contains(area), value.contains(truth.values[index]))
        }
        self.experiments = experiments
        let defined = covered.compactMap { $0 }
        bounded = defined.count
        areaCovered = defined.count { $0.area }
        valueCovered = defined.count { $0.value }
    }
}
