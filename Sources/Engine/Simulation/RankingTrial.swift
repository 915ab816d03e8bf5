import Ranking
import Runtime
import Statistics

/// Rankers side by side on one family: each trained on the same experiments, judged by the true effects of fresh units.
package struct RankingTrial: Sendable {
    package let family: RankingFamily
    package let names: [String]
    /// True area by ranker, one per seed; an order that has none counts as random.
    package let areas: [[Double]]
    /// Of the order by the true ratio of effects, one per seed.
    package let oracle: [Double]

    package static let freshUnits = 6_000

    /// - Throws: as the rankers do; `CancellationError`.
    package init(
        _ family: RankingFamily, rankers: [any Ranker], units: Int, seeds: Range<Int>,
        context: RunContext = RunContext()
    ) throws {
        self.family = family
        names = rankers.map(\.name)
        // Experiments are spread over the threads, so that rankers themselves use one.
        let single = RunContext(workers: Workers(count: 1), cancellation: context.cancellation)
        let results = try context.workers.map(seeds.count) { index in
            var stream = RandomStream(seed: UInt64(seeds.lowerBound + index), purpose: "ranking \(family.rawValue)")
            let training = family.draw(units: units, from: &stream)
            let fresh = family.draw(units: Self.freshUnits, from: &stream)
            let sample = try RankingSample(
                features: training.features, treated: training.treated,
                propensity: training.treated.map { _ in 0.5 }, value: training.value, cost: training.cost)
            func area(_ scores: [Double]) throws -> Double {
                try CostCurve(scores: scores, valueEffects: fresh.valueEffects, costEffects: fresh.costEffects).area
                    ?? 0.5
            }
            let ratio = zip(fresh.valueEffects, fresh.costEffects).map { $0 / max($1, 1e-6) }
            return (
                try rankers.map { try area($0.fit(sample, context: single).scores(fresh.features)) }, try area(ratio)
            )
        }
        areas = rankers.indices.map { ranker in results.map { $0.0[ranker] } }
        oracle = results.map { $0.1 }
    }

    /// By ranker.
    package var means: [Double] { areas.map { $0.reduce(0, +) / Double($0.count) } }

    /// The differences of all rankers from one, paired over the experiments.
    package func differences(from reference: Int) -> [PairedDifference] {
        PairedDifference.all(
            areas.indices.filter { $0 != reference }.map { ranker in
                zip(areas[ranker], areas[reference]).map { $0 - $1 }
            })
    }
}
