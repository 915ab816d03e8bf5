import Ranking
import Runtime
import Statistics

/// How often 95% intervals of a cost curve cover the truth where clusters got their arms together and their units are alike, with
/// bootstrap draws of clusters and, for comparison, of units.
package struct ClusterCurveCoverage: Sendable {
    /// Of the intervals that exist.
    package let area: Double
    package let value: Double
    package let areaByUnits: Double
    package let valueByUnits: Double
    /// Experiments without an interval of the area by clusters.
    package let unbounded: Int

    /// Standard deviation of what the units of a cluster have in common, in value and in cost.
    private static let common = 1.0
    private static let place = 2

    private static func scores(_ units: RankingFamily.Units) -> [Double] {
        units.treated.indices.map { units.features[$0, 0] + units.features[$0, 1] / 2 }
    }

    /// - Parameter unitsPerCluster: on average; sizes vary by half of it.
    /// - Throws: `EspalierError` (.data) where all clusters are in one arm; `CancellationError`.
    package init(
        clusters: Int, unitsPerCluster: Int, experiments: Int, replicates: Int = 400,
        context: RunContext = RunContext()
    ) throws {
        let family = RankingFamily.base
        var stream = RandomStream(seed: 1, purpose: "cluster coverage")
        let large = family.draw(units: 200_000, from: &stream)
        let truth = try CostCurve(
            scores: Self.scores(large), valueEffects: large.valueEffects, costEffects: large.costEffects)
        let (trueArea, trueValue) = (truth.area ?? .nan, truth.values[Self.place])
        let single = RunContext(workers: Workers(count: 1), cancellation: context.cancellation)
        let results = try context.workers.map(experiments) { number -> [(area: Bool?, value: Bool?)] in
            var stream = RandomStream(seed: UInt64(number), purpose: "cluster coverage")
            var keys: [UInt64] = []
            var arms: [Bool] = []
            var shifts: [(value: Double, cost: Double)] = []
            for cluster in 0..<clusters {
                let shift = (value: Self.common * stream.normal(), cost: Self.common * stream.normal())
                let size = unitsPerCluster / 2 + stream.index(below: unitsPerCluster + 1)
                for _ in 0..<size {
                    keys.append(UInt64(cluster))
                    // Halves of the clusters, as a design that balances them would.
                    arms.append(cluster.isMultiple(of: 2))
                    shifts.append(shift)
                }
            }
            let drawn = family.draw(units: keys.count, from: &stream)
            func outcome(_ observed: [Double], _ effects: [Double], _ shift: (Int) -> Double) -> [Double] {
                observed.indices.map { unit in
                    let change = (arms[unit] ? 1.0 : 0) - (drawn.treated[unit] ? 1 : 0)
                    return observed[unit] + change * effects[unit] + shift(unit)
                }
            }
            let value = outcome(drawn.value, drawn.valueEffects) { shifts[$0].value }
            let cost = outcome(drawn.cost, drawn.costEffects) { shifts[$0].cost }
            return try [keys, nil].map { clusters in
                let estimate = try CurveEstimate(
                    scores: Self.scores(drawn),
                    sample: EvaluationSample(treated: arms, value: value, cost: cost, clusters: clusters),
                    replicates: replicates, seed: UInt64(number), context: single)
                return (
                    estimate.areaInterval()?.contains(trueArea), estimate.valueInterval(Self.place)?.contains(trueValue)
                )
            }
        }
        func share(_ flags: [Bool?]) -> Double {
            let known = flags.compactMap { $0 }
            return Double(known.count { $0 }) / Double(max(1, known.count))
        }
        area = share(results.map { $0[0].area })
        value = share(results.map { $0[0].value })
        areaByUnits = share(results.map { $0[1].area })
        valueByUnits = share(results.map { $0[1].value })
        unbounded = results.count { $0[0].area == nil }
    }
}
