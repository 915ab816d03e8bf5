import Statistics

/// The k points of largest hypervolume among many (S1: the candidates of the online test).
package struct SubsetSelection: Sendable, Equatable {
    /// How sure it is that no other k points keep more.
    package enum Proof: String, Sendable, Codable {
        /// No other k points keep more.
        case exact
        /// Greedy: at least 1 - 1/e of the best.
        case greedy
    }

    /// Indices of the picked points, ascending.
    package let indices: [Int]
    package let hypervolume: Double
    /// Share of the hypervolume of all points.
    package let share: Double
    package let proof: Proof

    /// Subsets tried before enumeration gives way to greed.
    private static let enumerationLimit = 20_000.0

    /// - Parameters:
    ///   - points: oriented outcomes.
    ///   - count: how many to pick; fewer come back where fewer are above the reference and not dominated.
    package init(_ points: [[Double]], count: Int, reference: [Double]) {
        let useful = Dominance.front(points).filter { index in
            zip(points[index], reference).allSatisfy { $0 > $1 }
        }
        let candidates = useful.map { points[$0] }
        let total = Hypervolume.of(candidates, reference: reference)
        let k = min(count, candidates.count)
        let chosen: [Int]
        if k <= 0 {
            (chosen, proof) = ([], .exact)
        } else if reference.count == 2 {
            (chosen, proof) = (Self.dynamicProgramme(candidates, count: k, reference: reference), .exact)
        } else if Self.combinations(candidates.count, k) <= Self.enumerationLimit {
            (chosen, proof) = (Self.enumeration(candidates, count: k, reference: reference), .exact)
        } else {
            (chosen, proof) = (Self.greedy(candidates, count: k, reference: reference), .greedy)
        }
        indices = chosen.map { useful[$0] }.sorted()
        hypervolume = Hypervolume.of(chosen.map { candidates[$0] }, reference: reference)
        share = total > 0 ? hypervolume / total : 0
    }

    static func combinations(_ n: Int, _ k: Int) -> Double {
        (0..<min(k, n - k)).reduce(1.0) { $0 * Double(n - $1) / Double($1 + 1) }
    }

    /// F(1,i) = (x_i - r_x)(y_i - r_y); F(k,i) = max_{j<i} F(k-1,j) + (x_i - x_j)(y_i - r_y), x ascending, y descending.
    /// - Complexity: O(k n²).
    private static func dynamicProgramme(_ points: [[Double]], count: Int, reference: [Double]) -> [Int] {
        let order = points.indices.sorted { points[$0][0] < points[$1][0] }
        let x = order.map { points[$0][0] - reference[0] }
        let y = order.map { points[$0][1] - reference[1] }
        var best = order.indices.map { x[$0] * y[$0] }
        var previous: [[Int]] = []
        for _ in 1..<max(1, count) {
            var next = [Double](repeating: -.infinity, count: best.count)
            var from = [Int](repeating: -1, count: best.count)
            for i in order.indices {
                for j in 0..<i where best[j] + (x[i] - x[j]) * y[i] > next[i] {
                    next[i] = best[j] + (x[i] - x[j]) * y[i]
                    from[i] = j
                }
            }
            best = next
            previous.append(from)
        }
        guard var end = best.indices.max(by: { best[$0] < best[$1] }) else { return [] }
        var chosen = [end]
        for from in previous.reversed() {
            end = from[end]
            chosen.append(end)
        }
        return chosen.map { order[$0] }
    }

    private static func enumeration(_ points: [[Double]], count: Int, reference: [Double]) -> [Int] {
        var subset = Array(0..<count)
        var best = subset
        var bestVolume = -Double.infinity
        while true {
            let volume = Hypervolume.of(subset.map { points[$0] }, reference: reference)
            if volume > bestVolume { (best, bestVolume) = (subset, volume) }
            guard let place = subset.indices.last(where: { subset[$0] < points.count - count + $0 }) else {
                return best
            }
            subset[place] += 1
            for later in subset.indices where later > place { subset[later] = subset[later - 1] + 1 }
        }
    }

    /// Lazy greedy: gains only shrink as the subset grows (hypervolume is submodular), so a stale gain is an upper bound.
    private static func greedy(_ points: [[Double]], count: Int, reference: [Double]) -> [Int] {
        var chosen: [Int] = []
        var volume = 0.0
        var bounds = points.indices.map { Hypervolume.of([points[$0]], reference: reference) }
        var fresh = [Int](repeating: 0, count: points.count)
        while chosen.count < count {
            guard
                let top = points.indices.filter({ bounds[$0] >= 0 }).max(by: {
                    (bounds[$0], -$0) < (bounds[$1], -$1)
                })
            else { break }
            if fresh[top] == chosen.count {
                chosen.append(top)
                volume += bounds[top]
                bounds[top] = -1
            } else {
                let joined = Hypervolume.of((chosen + [top]).map { points[$0] }, reference: reference)
                bounds[top] = max(0, joined - volume)
                fresh[top] = chosen.count
            }
        }
        return chosen
    }
}
