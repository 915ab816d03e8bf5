import Experiments

/// Where the thresholds of trees lie among the units: what rules in quantile words are made from.
package struct CutShares: Sendable, Equatable, Codable {
    private struct Cut: Sendable, Equatable, Codable {
        /// Encoded.
        let threshold: Float
        /// The share of the units with a known value that have at most the threshold.
        let share: Double
    }

    /// By covariate, thresholds ascending.
    private let cuts: [Int: [Cut]]

    /// - Parameters:
    ///   - trees: whose thresholds are looked up.
    ///   - binned: the covariates the trees were grown on; thresholds are edges of its bins.
    ///   - units: those that are counted.
    /// - Complexity: O(units x covariates that are split).
    package init(_ trees: [CausalTree], _ binned: BinnedCovariates, units: Range<Int>) {
        var thresholds: [Int: Set<Float>] = [:]
        for tree in trees {
            for case let split? in tree.nodes.map(\.split) {
                if case .atMost(let threshold) = split.rule {
                    thresholds[split.covariate, default: []].insert(threshold)
                }
            }
        }
        cuts = Dictionary(
            uniqueKeysWithValues: thresholds.map { covariate, thresholds in
                let code = binned.codes[covariate]
                var counts = [Int](repeating: 0, count: 256)
                for bin in binned.bins[covariate][units] { counts[Int(bin)] += 1 }
                let known = counts[..<code.valueBins].reduce(0, +)
                let found = thresholds.sorted().compactMap { threshold -> Cut? in
                    guard known > 0, let bin = code.edges.firstIndex(of: threshold) else { return nil }
                    return Cut(threshold: threshold, share: Double(counts[...bin].reduce(0, +)) / Double(known))
                }
                return (covariate, found)
            })
    }

    /// The share of the units with a known value that have at most a threshold; nil where no tree cuts there.
    package func share(_ covariate: Int, atMost threshold: Float) -> Double? {
        cuts[covariate]?.first { $0.threshold == threshold }?.share
    }
}
