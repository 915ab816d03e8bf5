/// Observations in layers, each beaten only by those before it: what keeps the constraints before what does not, that by
/// how little it breaks them, and among the feasible by dominance (Deb, Pratap, Agarwal & Meyarivan 2002).
struct ConstrainedRanks {
    /// Indices, the unbeaten first.
    let layers: [[Int]]

    /// - Complexity: O(n²) comparisons.
    init(_ observations: [Observation]) {
        let values = observations.map(\.values)
        let violations = observations.map(\.violation)
        var beatenBy = [Int](repeating: 0, count: observations.count)
        var beats = [[Int]](repeating: [], count: observations.count)
        for a in observations.indices {
            for b in observations.indices.dropFirst(a + 1) {
                if Self.beats(values[a], violations[a], values[b], violations[b]) {
                    beats[a].append(b)
                    beatenBy[b] += 1
                } else if Self.beats(values[b], violations[b], values[a], violations[a]) {
                    beats[b].append(a)
                    beatenBy[a] += 1
                }
            }
        }
        var layers: [[Int]] = []
        var layer = observations.indices.filter { beatenBy[$0] == 0 }
        while !layer.isEmpty {
            layers.append(layer)
            var next: [Int] = []
            for index in layer {
                for other in beats[index] {
                    beatenBy[other] -= 1
                    if beatenBy[other] == 0 { next.append(other) }
                }
            }
            layer = next.sorted()
        }
        self.layers = layers
    }

    /// Indices of the feasible observations that no feasible one dominates.
    static func unbeaten(_ observations: [Observation]) -> [Int] {
        let kept = observations.indices.filter { observations[$0].violation == 0 }
        return (ConstrainedRanks(kept.map { observations[$0] }).layers.first ?? []).map { kept[$0] }
    }

    private static func beats(_ a: [Double], _ violationA: Double, _ b: [Double], _ violationB: Double) -> Bool {
        if violationA != violationB { return violationA < violationB }
        guard violationA == 0 else { return false }
        var isBetter = false
        for (x, y) in zip(a, b) {
            if x < y { return false }
            if x > y { isBetter = true }
        }
        return isBetter
    }

    /// How much room each observation of a layer has among its neighbours, summed over objectives scaled to the layer's
    /// range; infinite for the ends.
    static func crowding(_ layer: [Int], _ observations: [Observation]) -> [Int: Double] {
        var room = Dictionary(uniqueKeysWithValues: layer.map { ($0, 0.0) })
        let width = layer.first.map { observations[$0].objectives.count } ?? 0
        for j in 0..<width {
            let order = layer.sorted { a, b in
                let (x, y) = (observations[a].objectives[j].value, observations[b].objectives[j].value)
                return x != y ? x < y : a < b
            }
            guard let first = order.first, let last = order.last else { continue }
            let range = observations[last].objectives[j].value - observations[first].objectives[j].value
            room[first] = .infinity
            room[last] = .infinity
            guard range > 0 else { continue }
            for place in order.indices.dropFirst().dropLast() {
                let gap =
                    observations[order[place + 1]].objectives[j].value
                    - observations[order[place - 1]].objectives[j].value
                room[order[place], default: 0] += gap / range
            }
        }
        return room
    }
}
