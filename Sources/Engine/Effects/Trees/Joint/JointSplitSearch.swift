import Experiments

/// The best split of one node on one covariate for all arms and outcomes together, from sums by bin.
struct JointSplitSearch: SplitFinder {
    let criterion: JointCriterion
    /// Fewest units of each arm, in the growing half and (where `honest`) in the estimating half, per child.
    let minimumLeaf: Double
    let honest: Bool

    func value(of sums: JointSums) -> Double { criterion.value(sums) }
    func units(of sums: JointSums) -> Double { sums.units }
    func canSplit(_ sums: JointSums) -> Bool { sums.smallestGroup(honest: honest) >= 2 * minimumLeaf }
    func rest(of sums: JointSums, without child: JointSums) -> JointSums { sums - child }
    func rest(of bins: JointBins, without child: JointBins) -> JointBins { bins - child }

    func bins(_ answer: SumsAnswer, covariate: Int, cell: Int) -> JointBins {
        JointBins(answer, covariate: covariate, cell: cell)
    }

    /// Of equal gains the first cut wins. Levels are tried in the order of their effects for each arm and outcome in turn:
    /// no one order serves them all.
    /// - Complexity: O(bins x arms x outcomes), and for a categorical covariate that times arms x outcomes.
    func best(of bins: JointBins, covariate: Int, code: BinCode, total: JointSums) -> SplitCandidate<JointSums>? {
        var missing = JointSums(armCount: total.armCount, outcomeCount: total.outcomeCount)
        missing.add(bins, bin: code.missingBin)
        let missingSeen = missing.units > 0
        var scan = JointScan(search: self, total: total)
        guard code.isCategorical else {
            var left = JointSums(armCount: total.armCount, outcomeCount: total.outcomeCount)
            for bin in 0..<code.valueBins where !bins.isEmpty(bin) {
                left.add(bins, bin: bin)
                scan.consider(left, unordered: missing, isLast: bin == code.valueBins - 1) { missingGoesLeft in
                    Split(
                        covariate: covariate, rule: bin < code.edges.count ? .atMost(code.edges[bin]) : .present,
                        missingGoesLeft: missingGoesLeft, missingSeen: missingSeen)
                }
            }
            return scan.best
        }
        let known = (0..<code.valueBins).filter { level in
            (0..<total.armCount).allSatisfy { bins.count(bin: level, arm: $0) > 0 }
        }
        // Levels that lack an arm here have no effects to be ordered by: they go with missing.
        let lacking = (0..<code.valueBins).filter { !known.contains($0) }
        var unordered = missing
        for level in lacking { unordered.add(bins, bin: level) }
        for contrast in ContrastIndex.all(arms: total.armCount, outcomes: total.outcomeCount) {
            let effects = (0..<code.valueBins).map {
                bins.effect(bin: $0, arm: contrast.arm, outcome: contrast.outcome)
            }
            let order = known.sorted { effects[$0] != effects[$1] ? effects[$0] < effects[$1] : $0 < $1 }
            var left = JointSums(armCount: total.armCount, outcomeCount: total.outcomeCount)
            for (position, level) in order.enumerated() {
                left.add(bins, bin: level)
                let isLast = position == order.count - 1
                scan.consider(left, unordered: unordered, isLast: isLast) { unorderedGoesLeft in
                    let levels = order[...position] + (unorderedGoesLeft ? lacking : [])
                    return Split(
                        covariate: covariate, rule: .levels(levels.sorted().map { UInt8($0) }),
                        missingGoesLeft: unorderedGoesLeft, missingSeen: missingSeen)
                }
            }
        }
        return scan.best
    }
}

/// Keeps the best of the cuts it is shown.
private struct JointScan {
    let search: JointSplitSearch
    let total: JointSums
    let parent: Double
    var best: SplitCandidate<JointSums>?
    private var right: JointSums

    init(search: JointSplitSearch, total: JointSums) {
        self.search = search
        self.total = total
        parent = search.criterion.value(total)
        right = total
    }

    /// - Parameters:
    ///   - left: what the cut sends left, without `unordered`.
    ///   - unordered: what has no place in the order: tried on both sides, and without units on the larger one.
    ///   - isLast: nothing in the order is left for the right, so that `unordered` has to be the right child.
    mutating func consider(_ left: JointSums, unordered: JointSums, isLast: Bool, make: (Bool) -> Split) {
        if unordered.units == 0 {
            guard !isLast else { return }
            let isLarger = left.units >= total.units - left.units
            offer(left) { make(isLarger) }
        } else {
            if !isLast {
                var both = left
                both.add(unordered)
                offer(both) { make(true) }
            }
            offer(left) { make(false) }
        }
    }

    private mutating func offer(_ left: JointSums, make: () -> Split) {
        let least = search.minimumLeaf
        guard left.smallestGroup(honest: search.honest) >= least else { return }
        right.set(total, without: left)
        guard right.smallestGroup(honest: search.honest) >= least else { return }
        let gain = search.criterion.value(left) + search.criterion.value(right) - parent
        guard gain > (best?.gain ?? 0) else { return }
        best = SplitCandidate(split: make(), gain: gain, left: left)
    }
}
