import Runtime

/// The units that judge a ranking: which arm they were in and what came of it. None of them may have trained the ranking.
package struct EvaluationSample: Sendable, Equatable {
    package let treated: [Bool]
    package let value: [Double]
    package let cost: [Double]
    /// 1 / P(T = own arm given x); nil where all units of an arm have the same.
    package let inversePropensity: [Double]?
    /// The key of each unit's cluster, whose units a bootstrap replicate draws together; nil where units are independent.
    package let clusters: [UInt64]?

    package var count: Int { treated.count }

    /// So many clusters of one size vary as much: (sum n)²/sum n²; nil where units are independent.
    package var effectiveClusterCount: Double? {
        clusters.map { clusters in
            let sizes = clusters.reduce(into: [UInt64: Double]()) { $0[$1, default: 0] += 1 }
            return Double(clusters.count * clusters.count) / sizes.values.map { $0 * $0 }.sorted().reduce(0, +)
        }
    }

    /// - Throws: `EspalierError` (.data) without units, or where all are in one arm.
    package init(
        treated: [Bool], value: [Double], cost: [Double], inversePropensity: [Double]? = nil, clusters: [UInt64]? = nil
    ) throws {
        precondition(value.count == treated.count && cost.count == treated.count)
        precondition(inversePropensity.map { $0.count == treated.count } ?? true)
        precondition(clusters.map { $0.count == treated.count } ?? true)
        guard let first = treated.first else {
            throw EspalierError(.data, "there are no units to judge the ranking on")
        }
        guard treated.contains(!first) else {
            throw EspalierError(
                .data, "every unit is \(first ? "treated" : "in control"), so there is no difference to measure",
                remedy: "give the units of both arms")
        }
        self.treated = treated
        self.value = value
        self.cost = cost
        self.inversePropensity = inversePropensity
        self.clusters = clusters
    }
}
