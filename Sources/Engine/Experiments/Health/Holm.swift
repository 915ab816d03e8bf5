/// Holm's step-down adjustment of p-values (Holm 1979): it holds the chance of any false alarm among all tests.
package enum Holm {
    /// The adjusted p-values, in the order given.
    /// - Complexity: O(n log n).
    package static func adjusted(_ p: [Double]) -> [Double] {
        var result = p
        var highest = 0.0
        for (rank, index) in p.indices.sorted(by: { (p[$0], $0) < (p[$1], $1) }).enumerated() {
            highest = max(highest, min(1, Double(p.count - rank) * p[index]))
            result[index] = highest
        }
        return result
    }
}
