import Experiments

/// The best split of one node on one covariate for one arm and outcome, from sums by bin.
package struct SplitSearch: SplitFinder {
    let criterion: HonestCriterion
    /// Fewest units of each arm, in the growing half and (where `honest`) in the estimating half, per child.
    let minimumLeaf: Double
    let honest: Bool

    package init(criterion: HonestCriterion, minimumLeaf: Double, honest: Bool) {
        self.criterion = criterion
        self.minimumLeaf = minimumLeaf
        self.honest = honest
    }

    package typealias Candidate = SplitCandidate<ContrastSums>

    package func value(of sums: ContrastSums) -> Double { criterion.value(sums) }
    package func units(of sums: ContrastSums) -> Double { sums.units }
    package func canSplit(_ sums: ContrastSums) -> Bool { sums.smallestGroup(honest: honest) >= 2 * minimumLeaf }
    package func rest(of sums: ContrastSums, without child: ContrastSums) -> ContrastSums { sums - child }
    package func rest(of bins: BinSums, without child: BinSums) -> BinSums { bins - child }

    package func bins(_ answer: SumsAnswer, covariate: Int, cell: Int) -> BinSums {
        BinSums(answer, covariate: covariate, cell: cell)
    }

    /// - Parameter total: the sums of the node.
    /// - Returns: nil where no admissible split gains. Of equal gains the lowest cut wins.
    /// - Complexity: O(bins), and O(levels log levels) for a categorical covariate.
    package func best(of sums: BinSums, covariate: Int, code: BinCode, total: ContrastSums) -> Candidate? {
        let missing = sums.bins[code.missingBin]
        var scan = Scan(search: self, total: total, parent: criterion.value(total))
        if code.isCategorical {
            let order = levelsByEffect(sums, code)
            var (left, kept) = (ContrastSums(), ContrastSums())
            for level in order { kept += sums.bins[level] }
            // Levels that lack an arm here have no effect to be ordered by: they go with missing.
            let lacking = (0..<code.valueBins).filter { !order.contains($0) }
            let unorderedSums = total - kept
            for (position, level) in order.enumerated() {
                left += sums.bins[level]
                let isLast = position == order.count - 1
                if !isLast, effect(sums.bins[level]) == effect(sums.bins[order[position + 1]]) { continue }
                scan.consider(left, unorderedSums: unorderedSums, isLast: isLast) { unorderedGoesLeft in
                    let levels = order[...position] + (unorderedGoesLeft ? lacking : [])
                    return Split(
                        covariate: covariate, rule: .levels(levels.sorted().map { UInt8($0) }),
                        missingGoesLeft: unorderedGoesLeft, missingSeen: !missing.isEmpty)
                }
            }
        } else {
            var left = ContrastSums()
            for bin in 0..<code.valueBins where !sums.bins[bin].isEmpty {
                left += sums.bins[bin]
                scan.consider(left, unorderedSums: missing, isLast: bin == code.valueBins - 1) { missingGoesLeft in
                    Split(
                        covariate: covariate, rule: bin < code.edges.count ? .atMost(code.edges[bin]) : .present,
                        missingGoesLeft: missingGoesLeft, missingSeen: !missing.isEmpty)
                }
            }
        }
        return scan.best
    }

    /// Levels with both arms in this node's growing half, by ascending effect in this node.
    private func levelsByEffect(_ sums: BinSums, _ code: BinCode) -> [Int] {
        (0..<code.valueBins)
            .filter { sums.bins[$0].control.count > 0 && sums.bins[$0].treated.count > 0 }
            .sorted { a, b in
                let (first, second) = (sums.bins[a], sums.bins[b])
                let keys = [
                    (effect(first), effect(second)), (first.treated.count, second.treated.count),
                    (first.control.count, second.control.count),
                ]
                return keys.first { $0.0 != $0.1 }.map { $0.0 < $0.1 } ?? (a < b)
            }
    }

    private func effect(_ sums: ContrastSums) -> Double { sums.treated.mean - sums.control.mean }

    /// Keeps the best of the cuts it is shown.
    private struct Scan {
        let search: SplitSearch
        let total: ContrastSums
        let parent: Double
        var best: Candidate?

        init(search: SplitSearch, total: ContrastSums, parent: Double) {
            self.search = search
            self.total = total
            self.parent = parent
        }

        /// - Parameters:
        ///   - left: what the cut sends left, without `unorderedSums`.
        ///   - unorderedSums: what has no place in the order; it is tried on both sides, and with none of it the larger side is its.
        ///   - isLast: nothing in the order is left for the right, so that `unorderedSums` has to be the right child.
        mutating func consider(_ left: ContrastSums, unorderedSums: ContrastSums, isLast: Bool, make: (Bool) -> Split) {
            if unorderedSums.isEmpty {
                guard !isLast else { return }
                let isLarger = left.units >= total.units - left.units
                offer(left) { make(isLarger) }
            } else {
                if !isLast { offer(left + unorderedSums) { make(true) } }
                offer(left) { make(false) }
            }
        }

        private mutating func offer(_ left: ContrastSums, make: () -> Split) {
            let least = search.minimumLeaf
            guard left.smallestGroup(honest: search.honest) >= least else { return }
            let right = total - left
            guard right.smallestGroup(honest: search.honest) >= least else { return }
            let gain = search.criterion.value(left) + search.criterion.value(right) - parent
            guard gain > (best?.gain ?? 0) else { return }
            best = Candidate(split: make(), gain: gain, left: left)
        }
    }
}
