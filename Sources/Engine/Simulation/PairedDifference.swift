import Statistics

/// A mean difference over paired experiments, with a p-value adjusted for all that were compared.
package struct PairedDifference: Sendable, Equatable {
    package let mean: Double
    package let standardError: Double
    /// The share of sign patterns, among those tried, in which some difference is as many standard errors from 0.
    package let p: Double

    /// Max-t by flipping the signs of whole experiments: all patterns of up to 12 experiments, else 4,096 drawn ones.
    /// - Parameter differences: by comparison, one per experiment; at least two of those.
    package static func all(_ differences: [[Double]], seed: UInt64 = 1) -> [PairedDifference] {
        guard let count = differences.first?.count else { return [] }
        precondition(count > 1 && differences.allSatisfy { $0.count == count })
        let patterns: [[Double]]
        if count <= 12 {
            patterns = (0..<1 << count).map { pattern in (0..<count).map { pattern >> $0 & 1 == 0 ? 1 : -1 } }
        } else {
            var stream = RandomStream(seed: seed, purpose: "sign flips")
            patterns =
                [[Double](repeating: 1, count: count)]
                + (1..<4_096).map { _ in (0..<count).map { _ in stream.bernoulli(0.5) ? 1 : -1 } }
        }
        let largest = patterns.map { signs in
            differences.map { abs(statistic(zip($0, signs).map { $0 * $1 })) }.max() ?? 0
        }
        return differences.map { own in
            let moments = Moments(own)
            let size = abs(statistic(own))
            let reached = largest.count { $0 >= size * (1 - 1e-9) }
            return PairedDifference(
                mean: moments.mean, standardError: moments.standardError, p: Double(reached) / Double(largest.count))
        }
    }

    private static func statistic(_ values: [Double]) -> Double {
        let moments = Moments(values)
        return moments.standardError > 0 ? moments.mean / moments.standardError : 0
    }
}
