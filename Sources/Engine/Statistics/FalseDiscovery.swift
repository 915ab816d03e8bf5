/// Benjamini and Hochberg's (1995) step-up adjustment of p-values: rejecting those below q holds the expected share of false
/// rejections at q.
package enum FalseDiscovery {
    /// The adjusted p-values, in the order given.
    /// - Complexity: O(n log n).
    package static func adjusted(_ p: [Double]) -> [Double] {
        var result = p
        var lowest = 1.0
        let order = p.indices.sorted { (p[$0], $0) < (p[$1], $1) }
        for (rank, index) in order.enumerated().reversed() {
            lowest = min(lowest, p[index] * Double(p.count) / Double(rank + 1))
            result[index] = lowest
        }
        return result
    }
}
