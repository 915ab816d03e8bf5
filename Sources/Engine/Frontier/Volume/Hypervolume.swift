/// The volume between a set of oriented points and a reference point that they improve on.
///
/// Exact for any number of objectives: a maximum in one, sweeps in two and three, beyond that WFG with slicing: each
/// point's own box less what the others cover of it, one dimension lower (While, Bradstreet & Barone 2012).
package enum Hypervolume {
    /// Points that are not above the reference in every coordinate count nothing.
    /// - Complexity: O(n log n) up to three objectives; at most n times the next lower number's beyond.
    package static func of(_ points: [[Double]], reference: [Double]) -> Double {
        let above = shifted(points, reference)
        return volume(Dominance.front(above).map { above[$0] }, width: reference.count)
    }

    /// What one point adds to the volume of others: its box less what they cover of it.
    package static func gain(of point: [Double], over points: [[Double]], reference: [Double]) -> Double {
        guard let own = shifted([point], reference).first else { return 0 }
        return gain(of: own, over: shifted(points, reference))
    }

    /// What would be lost without each point: its exclusive contribution; 0 for dominated and repeated points.
    /// - Complexity: O(n log n) for a front of two objectives; else a volume of what the others cover per unbeaten point.
    package static func contributions(_ points: [[Double]], reference: [Double]) -> [Double] {
        var lost = [Double](repeating: 0, count: points.count)
        let above = points.indices.filter { index in zip(points[index], reference).allSatisfy { $0 > $1 } }
        let corners = above.map { index in zip(points[index], reference).map { $0 - $1 } }
        let front = Dominance.front(corners)
        if reference.count == 2, front.count == corners.count {
            for (index, area) in zip(above, rectangles(corners)) { lost[index] = area }
            return lost
        }
        for place in front {
            // Dominated points count among the others: without the point they may no longer be.
            var others = corners
            others.remove(at: place)
            lost[above[place]] = gain(of: corners[place], over: others)
        }
        return lost
    }

    /// The points above the reference, seen from it.
    private static func shifted(_ points: [[Double]], _ reference: [Double]) -> [[Double]] {
        points.compactMap { point in
            var corner: [Double] = []
            corner.reserveCapacity(reference.count)
            for (value, origin) in zip(point, reference) {
                guard value > origin else { return nil }
                corner.append(value - origin)
            }
            return corner
        }
    }

    private static func gain(of own: [Double], over others: [[Double]]) -> Double {
        let limited = others.map { other in zip(own, other).map { min($0, $1) } }
        let covered = volume(Dominance.front(limited).map { limited[$0] }, width: own.count)
        return max(0, own.reduce(1, *) - covered)
    }

    /// Exclusive rectangles of a front of two objectives, in the order given.
    private static func rectangles(_ corners: [[Double]]) -> [Double] {
        let order = corners.indices.sorted { corners[$0][0] < corners[$1][0] }
        var areas = [Double](repeating: 0, count: corners.count)
        for (rank, index) in order.enumerated() {
            let left = rank > 0 ? corners[order[rank - 1]][0] : 0
            let below = rank + 1 < order.count ? corners[order[rank + 1]][1] : 0
            areas[index] = (corners[index][0] - left) * (corners[index][1] - below)
        }
        return areas
    }

    /// Volume above the origin of mutually non-dominated points.
    private static func volume(_ points: [[Double]], width: Int) -> Double {
        guard !points.isEmpty, width > 0 else { return 0 }
        var rows: [Double] = []
        rows.reserveCapacity(points.count * width)
        for point in points { rows.append(contentsOf: point) }
        return rows.withUnsafeMutableBufferPointer { BoxUnion(rows: $0, width: width).volume }
    }
}
