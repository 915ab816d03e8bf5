/// The volume between a set of oriented points and a reference point that they improve on.
package enum Hypervolume {
    /// Exact for any number of objectives: a maximum in one, a sweep in two, WFG beyond (While, Bradstreet & Barone 2012).
    ///
    /// Points that are not above the reference in every coordinate count nothing.
    package static func of(_ points: [[Double]], reference: [Double]) -> Double {
        let above = points.filter { zip($0, reference).allSatisfy { $0 > $1 } }
        let shifted = above.map { zip($0, reference).map { $0 - $1 } }
        return volume(Dominance.front(shifted).map { shifted[$0] })
    }

    /// Volume above the origin of mutually non-dominated points.
    private static func volume(_ points: [[Double]]) -> Double {
        guard let width = points.first?.count else { return 0 }
        switch width {
        case 0: return 0
        case 1: return points.map { $0[0] }.max() ?? 0
        case 2: return sweep(points)
        default: return wfg(points)
        }
    }

    private static func sweep(_ points: [[Double]]) -> Double {
        var area = 0.0
        var height = 0.0
        for point in points.sorted(by: { $0[0] > $1[0] }) {
            area += point[0] * max(0, point[1] - height)
            height = max(height, point[1])
        }
        return area
    }

    /// Each point's own box less what later points cover of it, taken by ascending last coordinate so that the later
    /// points, limited to the box, share its last side and the rest is one dimension lower.
    private static func wfg(_ points: [[Double]]) -> Double {
        let last = points[0].count - 1
        let ordered = points.sorted { $0[last] < $1[last] }
        var total = 0.0
        for (index, point) in ordered.enumerated() {
            let side = point[last]
            let box = point.dropLast().reduce(1, *)
            let limited = ordered[(index + 1)...].map { other in
                zip(point.dropLast(), other).map { min($0, $1) }
            }
            total += side * (box - volume(Dominance.front(limited).map { limited[$0] }))
        }
        return total
    }
}
