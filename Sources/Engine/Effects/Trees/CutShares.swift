import Experiments
import Runtime

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
        self.init(Self.thresholds(trees), binned.codes) { covariate in
            var counts = [Double](repeating: 0, count: 256)
            for bin in binned.bins[covariate][units] { counts[Int(bin)] += 1 }
            return counts
        }
    }

    /// The same of the tune units that sums are known of.
    /// - Parameter codes: of the provider's bins.
    /// - Throws: what the provider throws.
    package init<Provider: SumsProvider>(
        _ trees: [CausalTree], _ provider: inout Provider, codes: [BinCode], context: RunContext
    ) throws {
        let thresholds = Self.thresholds(trees)
        let covariates = thresholds.keys.sorted()
        var counts: [Int: [Double]] = [:]
        if !covariates.isEmpty {
            let answer = try provider.answer(
                SumsRequest(.level([.root], covariates: covariates), arms: nil, counted: [.tune]), context: context)
            for (covariate, table) in zip(covariates, answer.tables) {
                counts[covariate] = (0..<table.binCount).map {
                    table.counts[answer.shape.count(bin: $0, arm: 0, group: 0)]
                }
            }
        }
        let found = counts
        self.init(thresholds, codes) { found[$0] ?? [] }
    }

    /// - Parameter counts: units by bin of a covariate, those of missing values last.
    private init(_ thresholds: [Int: Set<Float>], _ codes: [BinCode], counts: (Int) -> [Double]) {
        cuts = Dictionary(
            uniqueKeysWithValues: thresholds.map { covariate, thresholds in
                let (code, counts) = (codes[covariate], counts(covariate))
                let known = counts.prefix(code.valueBins).reduce(0, +)
                let found = thresholds.sorted().compactMap { threshold -> Cut? in
                    guard known > 0, let bin = code.edges.firstIndex(of: threshold) else { return nil }
                    return Cut(threshold: threshold, share: counts[...bin].reduce(0, +) / known)
                }
                return (covariate, found)
            })
    }

    private static func thresholds(_ trees: [CausalTree]) -> [Int: Set<Float>] {
        var thresholds: [Int: Set<Float>] = [:]
        for case let split? in trees.flatMap({ $0.nodes.map(\.split) }) {
            if case .atMost(let threshold) = split.rule { thresholds[split.covariate, default: []].insert(threshold) }
        }
        return thresholds
    }

    /// The share of the units with a known value that have at most a threshold; nil where no tree cuts there.
    package func share(_ covariate: Int, atMost threshold: Float) -> Double? {
        cuts[covariate]?.first { $0.threshold == threshold }?.share
    }
}
