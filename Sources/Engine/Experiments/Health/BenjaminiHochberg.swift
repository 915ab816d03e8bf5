/// The step-up adjustment of Benjamini & Hochberg (1995): reporting every adjusted p below q keeps the expected share of
/// false reports among all reports at q, for tests that are independent or positively dependent.
package enum BenjaminiHochberg {
    /// The adjusted p-values, in the order given.
    /// - Complexity: O(n log n).
    package static func adjusted(_ p: [Double]) -> [Double] {
        var result = p
        var lowest = 1.0
        for (rank, index) in p.indices.sorted(by: { (p[$0], $0) < (p[$1], $1) }).enumerated().reversed() {
            lowest = min(lowest, p[index] * Double(p.count) / Double(rank + 1))
            result[index] = lowest
        }
        return result
    }
}
