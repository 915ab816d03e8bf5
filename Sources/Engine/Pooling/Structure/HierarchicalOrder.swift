/// An order in which what is alike stands side by side: agglomerative clustering by average distance (UPGMA; Sokal & Michener
/// 1958), the two halves of every merge kept together.
package enum HierarchicalOrder {
    /// - Parameter distances: symmetric.
    /// - Complexity: O(count³).
    package static func of(_ distances: [[Double]]) -> [Int] {
        var groups = distances.indices.map { [$0] }
        while groups.count > 1 {
            var best = (distance: Double.infinity, left: 0, right: 1)
            for left in groups.indices {
                for right in groups.indices where right > left {
                    var sum = 0.0
                    for a in groups[left] { for b in groups[right] { sum += distances[a][b] } }
                    let mean = sum / Double(groups[left].count * groups[right].count)
                    if mean < best.distance { best = (mean, left, right) }
                }
            }
            groups[best.left] += groups[best.right]
            groups.remove(at: best.right)
        }
        return groups.first ?? []
    }
}
