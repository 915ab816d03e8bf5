/// Dominance among points whose every coordinate is oriented: more is better (METHODS section 3).
package enum Dominance {
    /// Whether `a` is at least as good everywhere and better somewhere.
    package static func dominates(_ a: [Double], _ b: [Double]) -> Bool {
        var better = false
        for (x, y) in zip(a, b) {
            if x < y { return false }
            if x > y { better = true }
        }
        return better
    }

    /// Indices of the points that no other dominates, in ascending order; of equal points the first is kept.
    /// - Complexity: O(n log n) for up to two objectives, O(n²) worst case beyond.
    package static func front(_ points: [[Double]]) -> [Int] {
        guard let width = points.first?.count else { return [] }
        // After a lexicographic sort a point can only be dominated by one before it.
        let order = points.indices.sorted { left, right in
            for (x, y) in zip(points[left], points[right]) where x != y { return x > y }
            return left < right
        }
        var kept: [Int] = []
        if width <= 2 {
            var best = -Double.infinity
            for index in order {
                let last = width == 2 ? points[index][1] : (kept.isEmpty ? 0 : -.infinity)
                if last > best || kept.isEmpty {
                    kept.append(index)
                    best = last
                }
            }
        } else {
            for index in order
            where !kept.contains(where: { weaklyDominates(points[$0], points[index]) }) {
                kept.append(index)
            }
        }
        return kept.sorted()
    }

    /// Whether `a` is at least as good as `b` everywhere.
    package static func weaklyDominates(_ a: [Double], _ b: [Double]) -> Bool {
        for (x, y) in zip(a, b) where x < y { return false }
        return true
    }
}
