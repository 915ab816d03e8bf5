/// The non-dominated policies met so far, thinned where they crowd so that its size stays bounded.
struct FrontArchive: Sendable {
    private(set) var points: [FrontPoint] = []
    let limit: Int

    init(limit: Int) { self.limit = limit }

    mutating func add(_ found: [FrontPoint]) {
        guard !found.isEmpty else { return }
        let all = points + found
        points = Dominance.front(all.map(\.values)).map { all[$0] }
        thin(to: limit)
    }

    /// Drops, one by one, the point nearest to another in units of each outcome's range; the best of every outcome stay.
    mutating func thin(to limit: Int) {
        guard points.count > limit else { return }
        let width = points[0].values.count
        let spans = (0..<width).map { j in
            let values = points.map { $0.values[j] }
            let range = (values.max() ?? 0) - (values.min() ?? 0)
            return range > 0 ? range : 1
        }
        let kept = Set(
            (0..<width).compactMap { j in points.indices.max { points[$0].values[j] < points[$1].values[j] } })
        func distance(_ a: Int, _ b: Int) -> Double {
            var sum = 0.0
            for j in 0..<width {
                let gap = (points[a].values[j] - points[b].values[j]) / spans[j]
                sum += gap * gap
            }
            return sum
        }
        var alive = Array(points.indices)
        func nearest(_ index: Int) -> (distance: Double, other: Int) {
            var best = (distance: Double.infinity, other: -1)
            for other in alive where other != index {
                let gap = distance(index, other)
                if gap < best.distance { best = (gap, other) }
            }
            return best
        }
        var closest = points.indices.map(nearest)
        while alive.count > limit {
            guard
                let victim = alive.filter({ !kept.contains($0) }).min(by: {
                    closest[$0].distance < closest[$1].distance
                })
            else { break }
            alive.removeAll { $0 == victim }
            for index in alive where closest[index].other == victim { closest[index] = nearest(index) }
        }
        points = alive.map { points[$0] }
    }
}
