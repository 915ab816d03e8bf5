/// The non-dominated policies met so far; 100,000 of them stay fast to add to.
package struct FrontArchive: Sendable {
    /// How many are kept; past it the archive is thinned to half, keeping it spread out.
    package let limit: Int
    private var members: [Int: FrontPoint] = [:]
    private var tree: NonDominatedTree?

    package init(limit: Int) { self.limit = limit }

    package var count: Int { members.count }

    /// In the order they were met.
    package var points: [FrontPoint] { members.sorted { $0.key < $1.key }.map(\.value) }

    /// Adds a policy unless one at least as good is there.
    /// - Returns: whether it was added.
    /// - Complexity: that of `NonDominatedTree.insert`.
    @discardableResult
    package mutating func add(_ point: FrontPoint) -> Bool {
        var grown = tree ?? NonDominatedTree(width: point.values.count)
        // Let go of the other reference, so that growing copies nothing.
        tree = nil
        let number = grown.added
        let change = grown.insert(point.values)
        tree = grown
        guard change.isKept else { return false }
        for gone in change.removed { members[gone] = nil }
        members[number] = point
        if members.count > limit { thin(to: max(1, limit / 2)) }
        return true
    }

    package mutating func add(_ found: [FrontPoint]) {
        for point in found { add(point) }
    }

    /// Keeps a spread of at most so many: the best of every outcome, then time and again the point farthest from all that
    /// are kept, in units of each outcome's range (Gonzalez 1985).
    /// - Complexity: O(points x limit).
    package mutating func thin(to limit: Int) {
        guard members.count > limit else { return }
        let all = points
        members = [:]
        tree = nil
        for index in Self.spread(all.map(\.values), count: limit) { add(all[index]) }
    }

    private static func spread(_ points: [[Double]], count: Int) -> [Int] {
        let width = points[0].count
        let scales = (0..<width).map { j in
            let values = points.map { $0[j] }
            let range = (values.max() ?? 0) - (values.min() ?? 0)
            return range > 0 ? 1 / range : 1
        }
        var kept: [Int] = []
        var distances = [Double](repeating: .infinity, count: points.count)
        func keep(_ index: Int) {
            kept.append(index)
            let place = points[index]
            for other in points.indices where distances[other] > 0 {
                var sum = 0.0
                for j in 0..<width {
                    let gap = (points[other][j] - place[j]) * scales[j]
                    sum += gap * gap
                }
                if sum < distances[other] { distances[other] = sum }
            }
            distances[index] = 0
        }
        for j in 0..<width where kept.count < count {
            guard let best = points.indices.max(by: { points[$0][j] < points[$1][j] }), !kept.contains(best) else {
                continue
            }
            keep(best)
        }
        while kept.count < count {
            guard let next = distances.indices.max(by: { distances[$0] < distances[$1] }), distances[next] > 0 else {
                break
            }
            keep(next)
        }
        return kept.sorted()
    }
}

extension FrontArchive: Codable {
    private enum CodingKeys: String, CodingKey { case limit, points }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(limit: try container.decode(Int.self, forKey: .limit))
        add(try container.decode([FrontPoint].self, forKey: .points))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(limit, forKey: .limit)
        try container.encode(points, forKey: .points)
    }
}
