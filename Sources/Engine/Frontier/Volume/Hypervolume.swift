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

    /// Volume above the origin of mutually non-dominated points.
    private static func volume(_ points: [[Double]], width: Int) -> Double {
        guard !points.isEmpty, width > 0 else { return 0 }
        var rows: [Double] = []
        rows.reserveCapacity(points.count * width)
        for point in points { rows.append(contentsOf: point) }
        return rows.withUnsafeMutableBufferPointer { BoxUnion(rows: $0, width: width).volume }
    }
}
