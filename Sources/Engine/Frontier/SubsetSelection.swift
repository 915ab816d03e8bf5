/// The k points of largest hypervolume among many (S1: the candidates of the online test).
package struct SubsetSelection: Sendable, Equatable {
    /// How sure it is that no other k points keep more.
    package enum Proof: String, Sendable, Codable {
        /// No other k points keep more.
        case exact
        /// Greedy: at least 1 - 1/e of the best, and at least `guarantee` of it here.
        case greedy
    }

    /// Indices of the picked points, ascending.
    package let indices: [Int]
    package let hypervolume: Double
    /// Share of the hypervolume of all points.
    package let share: Double
    package let proof: Proof
    /// No k points keep more than this; the hypervolume itself where the choice is exact.
    package let bound: Double

    /// The least share of the best choice's hypervolume that this one is sure to keep.
    package var guarantee: Double { bound > 0 ? min(1, hypervolume / bound) : 1 }

    /// Gains computed before branch and bound gives way to greed.
    package static let defaultEffort = 100_000

    /// By dynamic programme in two objectives, branch and bound beyond, and lazy greed where that takes more than `effort`.
    /// - Parameters:
    ///   - points: oriented outcomes.
    ///   - count: how many to pick; fewer come back where fewer are above the reference and not dominated.
    ///   - effort: gains that branch and bound may compute; 0 is greed at once.
    package init(_ points: [[Double]], count: Int, reference: [Double], effort: Int = defaultEffort) {
        let useful = Dominance.front(points).filter { index in
            zip(points[index], reference).allSatisfy { $0 > $1 }
        }
        let candidates = useful.map { index in zip(points[index], reference).map { $0 - $1 } }
        let origin = [Double](repeating: 0, count: reference.count)
        let total = Hypervolume.approximate(candidates, reference: origin)
        let k = min(count, candidates.count)
        let chosen: [Int]
        var limit: Double?
        if k <= 0 {
            chosen = []
        } else if k == candidates.count {
            chosen = Array(candidates.indices)
        } else if reference.count == 2 {
            chosen = PlanarSubset.best(candidates, count: k)
        } else {
            let found = SubsetSearch(candidates, count: k).run(effort: effort)
            chosen = found.indices
            limit = found.isExact ? nil : min(found.bound, total)
        }
        indices = chosen.map { useful[$0] }.sorted()
        hypervolume = Hypervolume.of(chosen.map { candidates[$0] }, reference: origin)
        share = total > 0 ? hypervolume / total : 0
        proof = limit == nil ? .exact : .greedy
        bound = max(hypervolume, limit ?? hypervolume)
    }

    /// Those that are kept whatever they bring, and beside them by greed what adds most to their hypervolume.
    /// - Parameters:
    ///   - kept: indices; dominated ones and those below the reference count as well.
    ///   - count: how many in all; fewer come back where nothing more adds anything.
    package static func beside(
        _ kept: [Int], of points: [[Double]], count: Int, reference: [Double]
    ) -> SubsetSelection {
        guard !kept.isEmpty else { return SubsetSelection(points, count: count, reference: reference) }
        func volume(_ indices: [Int]) -> Double {
            Hypervolume.approximate(indices.map { points[$0] }, reference: reference)
        }
        var chosen = kept
        var reached = volume(chosen)
        var rest = Dominance.front(points).filter { !kept.contains($0) }
        while chosen.count < count, !rest.isEmpty {
            let gains = rest.map { volume(chosen + [$0]) - reached }
            guard let best = gains.indices.max(by: { (gains[$0], -$0) < (gains[$1], -$1) }), gains[best] > 0 else {
                break
            }
            reached += gains[best]
            chosen.append(rest.remove(at: best))
        }
        let total = volume(Array(points.indices))
        return SubsetSelection(
            indices: chosen.sorted(), hypervolume: reached, share: total > 0 ? reached / total : 0, proof: .greedy,
            bound: max(reached, total))
    }

    private init(indices: [Int], hypervolume: Double, share: Double, proof: Proof, bound: Double) {
        self.indices = indices
        self.hypervolume = hypervolume
        self.share = share
        self.proof = proof
        self.bound = bound
    }
}
