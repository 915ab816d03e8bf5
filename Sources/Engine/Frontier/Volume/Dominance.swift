/// Dominance among points whose every coordinate is oriented: more is better (METHODS section 3).
package enum Dominance {
    /// Indices of the points that no other dominates, in ascending order; of equal points the first is kept.
    /// - Complexity: O(n log n) for up to three objectives; beyond, each point meets the few nodes of a tree of the kept
    ///   ones that it could touch (O(n²) at worst).
    package static func front(_ points: [[Double]]) -> [Int] {
        guard let width = points.first?.count else { return [] }
        // After a lexicographic sort a point can only be dominated by one before it.
        let order = points.indices.sorted { left, right in
            for (x, y) in zip(points[left], points[right]) where x != y { return x > y }
            return left < right
        }
        var kept: [Int] = []
        switch width {
        case 0, 1: kept = [order[0]]
        case 2:
            for index in order where kept.isEmpty || points[index][1] > points[kept[kept.count - 1]][1] {
                kept.append(index)
            }
        case 3:
            var stairs = Staircase()
            for index in order where !stairs.covers(points[index][1], points[index][2]) {
                stairs.insert(points[index][1], points[index][2])
                kept.append(index)
            }
        default:
            var tree = NonDominatedTree(width: width)
            for index in order where tree.insert(points[index]).isKept { kept.append(index) }
        }
        return kept.sorted()
    }
}
