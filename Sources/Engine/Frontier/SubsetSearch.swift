/// The k points of largest hypervolume in any number of objectives: lazy greed first, then branch and bound on what greed
/// found. Hypervolume is submodular, so gains only shrink as the subset grows: the sum of the largest gains bounds from
/// above what any completion can add (Nemhauser, Wolsey & Fisher 1978).
struct SubsetSearch {
    struct Found {
        let indices: [Int]
        /// No k points keep more.
        let bound: Double
        let isExact: Bool
    }

    private let points: [[Double]]
    private let count: Int
    private let origin: [Double]

    /// - Parameter points: mutually non-dominated, above the origin.
    init(_ points: [[Double]], count: Int) {
        self.points = points
        self.count = count
        origin = Array(repeating: 0, count: points.first?.count ?? 0)
    }

    func run(effort: Int) -> Found {
        let greedy = greedy()
        guard effort > 0 else {
            return Found(indices: greedy.indices, bound: greedy.bound, isExact: false)
        }
        var state = State(best: greedy.indices, bestVolume: greedy.volume, left: effort, open: 0)
        branch(from: [], volume: 0, among: Array(points.indices), &state)
        let isExact = state.open == 0
        let bound = isExact ? state.bestVolume : min(greedy.bound, state.open)
        return Found(indices: state.best, bound: max(bound, state.bestVolume), isExact: isExact)
    }

    /// What a point adds to a subset: its own box less what the subset covers of it.
    private func gain(_ index: Int, to chosen: [Int]) -> Double {
        let point = points[index]
        let box = point.reduce(1, *)
        guard !chosen.isEmpty else { return box }
        let covered = chosen.map { other in zip(points[other], point).map { min($0, $1) } }
        return max(0, box - Hypervolume.of(covered, reference: origin))
    }

    // MARK: Greed

    private func greedy() -> (indices: [Int], volume: Double, bound: Double) {
        var chosen: [Int] = []
        var volume = 0.0
        var gains = points.indices.map { gain($0, to: []) }
        var fresh = [Int](repeating: 0, count: points.count)
        var alive = [Bool](repeating: true, count: points.count)
        while chosen.count < count {
            guard
                let top = points.indices.filter({ alive[$0] }).max(by: {
                    (gains[$0], -$0) < (gains[$1], -$1)
                })
            else { break }
            if fresh[top] == chosen.count {
                chosen.append(top)
                volume += gains[top]
                alive[top] = false
            } else {
                // A stale gain is an upper bound: only the largest need be looked at again.
                gains[top] = gain(top, to: chosen)
                fresh[top] = chosen.count
            }
        }
        let rest = points.indices.filter { alive[$0] }.map { gain($0, to: chosen) }.sorted(by: >)
        return (chosen, volume, volume + rest.prefix(count).reduce(0, +))
    }

    // MARK: Branch and bound

    private struct State {
        var best: [Int]
        var bestVolume: Double
        /// Gains that may still be computed.
        var left: Int
        /// The largest bound of a branch that was given up.
        var open: Double
    }

    private func branch(from chosen: [Int], volume: Double, among rest: [Int], _ state: inout State) {
        let need = count - chosen.count
        guard rest.count >= need else { return }
        state.left -= rest.count
        let gains = rest.map { (index: $0, gain: gain($0, to: chosen)) }.sorted {
            $0.gain != $1.gain ? $0.gain > $1.gain : $0.index < $1.index
        }
        // What beats the best by rounding only does not beat it.
        let slack = 1e-12 * state.bestVolume
        if need == 1 {
            guard let top = gains.first, volume + top.gain > state.bestVolume + slack else { return }
            state.best = chosen + [top.index]
            state.bestVolume = volume + top.gain
            return
        }
        for place in gains.indices {
            let bound = volume + gains[place..<min(place + need, gains.count)].reduce(0) { $0 + $1.gain }
            guard bound > state.bestVolume + slack, gains.count - place >= need else { return }
            guard state.left > 0 else {
                state.open = max(state.open, bound)
                return
            }
            branch(
                from: chosen + [gains[place].index], volume: volume + gains[place].gain,
                among: gains[(place + 1)...].map(\.index), &state)
        }
    }
}
