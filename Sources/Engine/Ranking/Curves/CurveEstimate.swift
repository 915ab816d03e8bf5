import Foundation
import Runtime
import Statistics

/// A cost curve with what bootstrap replicates say of its uncertainty.
package struct CurveEstimate: Sendable {
    package let curve: CostCurve
    package let replicates: [CostCurve]
    /// The effective number of clusters that replicates draw; nil where they draw units.
    package let clusterCount: Double?

    package init(curve: CostCurve, replicates: [CostCurve], clusterCount: Double? = nil) {
        self.curve = curve
        self.replicates = replicates
        self.clusterCount = clusterCount
    }

    /// - Parameter replicates: bootstrap replicates; 0 leaves all intervals nil.
    /// - Throws: `EspalierError` as the curve does; `CancellationError`.
    package init(
        scores: [Double], sample: EvaluationSample, extraShares: [Double] = [], replicates: Int = 500, seed: UInt64 = 1,
        context: RunContext = RunContext()
    ) throws {
        let ranked = RankedUnits(scores: scores, sample: sample)
        let curve = try CostCurve(ranked, extraShares: extraShares)
        self.init(
            curve: curve,
            replicates: try CostCurve.replicates(
                ranked, shares: curve.shares, count: replicates, seed: seed, context: context),
            clusterCount: sample.effectiveClusterCount)
    }

    /// Pointwise, at the share of an index.
    package func valueInterval(_ index: Int, level: Double = 0.95) -> Interval? {
        interval(curve.values[index], replicates.map { $0.values[index] }, level: level)
    }

    package func costInterval(_ index: Int, level: Double = 0.95) -> Interval? {
        interval(curve.costs[index], replicates.map { $0.costs[index] }, level: level)
    }

    /// nil where the area is undefined, or in too many replicates.
    package func areaInterval(level: Double = 0.95) -> Interval? {
        curve.area.flatMap { interval($0, replicates.map { $0.area ?? .nan }, level: level) }
    }

    /// The value at a cost, with its interval.
    package func value(atCost budget: Double, level: Double = 0.95) -> (value: Double, interval: Interval?)? {
        curve.value(atCost: budget).map {
            ($0, interval($0, replicates.map { $0.value(atCost: budget) ?? .nan }, level: level))
        }
    }

    /// Of an estimate, by its draws.
    func interval(_ value: Double, _ draws: [Double], level: Double) -> Interval? {
        guard let interval = Self.interval(draws, level: level) else { return nil }
        let stretch = stretch(level: level)
        return stretch == 1
            ? interval
            : Interval(
                low: value - stretch * (value - interval.low), high: value + stretch * (interval.high - value))
    }

    /// How much wider intervals are for few clusters: a bootstrap of G clusters misses G/(G - 1) of the variance, and what it
    /// measures has G - 1 degrees of freedom.
    func stretch(level: Double) -> Double {
        guard let clusterCount, clusterCount > 1 else { return 1 }
        let quantile = StudentT.quantile(0.5 + level / 2, degreesOfFreedom: max(1, clusterCount - 1))
        return (clusterCount / (clusterCount - 1)).squareRoot() * quantile / Confidence.critical(atLevel: level)
    }

    /// Between the order statistics at (B + 1) p, the plotting positions that keep the level with few replicates.
    /// - Returns: nil where more replicates are undefined than a tail holds: then the data do not bound the quantity.
    static func interval(_ draws: [Double], level: Double) -> Interval? {
        let defined = draws.filter { $0.isFinite }.sorted()
        let tail = (1 - level) / 2
        guard defined.count >= 40, Double(draws.count - defined.count) <= tail * Double(draws.count) else { return nil }
        return Interval(low: quantile(defined, tail), high: quantile(defined, 1 - tail))
    }

    /// Of ascending draws.
    static func quantile(_ sorted: [Double], _ p: Double) -> Double {
        let place = min(max(p * Double(sorted.count + 1) - 1, 0), Double(sorted.count - 1))
        let below = Int(place)
        let above = min(below + 1, sorted.count - 1)
        return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
    }
}
