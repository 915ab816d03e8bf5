import Effects

/// Per bin of one covariate and per arm, what a node's units weigh: their weights by the policy's arm (for Gini), or the regret
/// of every arm (for the cost of giving it to all).
struct ArmHistogram {
    /// A division of the bins in two.
    struct Cut {
        let gain: Double
        let leftBins: [Int]
        let missingGoesLeft: Bool
        let missingSeen: Bool
    }

    private let arms: Int
    private let valueBins: Int
    /// (valueBins + 1) x arms, missing last.
    private var sums: [Double]
    private var counts: [Int]
    private let byRegret: Bool

    init(_ units: [Int], covariate: Int, binned: BinnedCovariates, regrets: RegretTable, byRegret: Bool) {
        let code = binned.codes[covariate]
        let bins = binned.bins[covariate]
        let width = regrets.armCount
        var sums = [Double](repeating: 0, count: (code.valueBins + 1) * width)
        var counts = [Int](repeating: 0, count: code.valueBins + 1)
        for unit in units {
            let bin = Int(bins[unit])
            counts[bin] += 1
            if byRegret {
                for arm in 0..<width { sums[bin * width + arm] += Double(regrets.regrets[unit * width + arm]) }
            } else {
                sums[bin * width + Int(regrets.choice[unit])] += regrets.weight(unit)
            }
        }
        arms = width
        valueBins = code.valueBins
        self.sums = sums
        self.counts = counts
        self.byRegret = byRegret
    }

    /// What a group of units costs: the least regret of one arm for all, or the Gini impurity times the weight.
    private func cost(_ group: [Double]) -> Double {
        if byRegret { return group.min() ?? 0 }
        let total = group.reduce(0, +)
        return total > 0 ? total - group.reduce(0) { $0 + $1 * $1 } / total : 0
    }

    private func bin(_ index: Int) -> [Double] { Array(sums[index * arms..<(index + 1) * arms]) }

    /// The cut of largest gain with enough units on both sides; nil where none gains anything.
    func bestCut(minimumLeaf: Int, _ isCategorical: Bool) -> Cut? {
        let seen = (0..<valueBins).filter { counts[$0] > 0 }
        var best: Cut?
        func consider(_ order: [Int]) {
            if let cut = bestCut(along: order, minimumLeaf), cut.gain > best?.gain ?? 0 { best = cut }
        }
        if isCategorical {
            // For every arm the levels by that arm's share: exact for two arms, a good guess for more.
            for arm in 0..<arms {
                consider(
                    seen.sorted {
                        let (a, b) = (share($0, arm), share($1, arm))
                        return a != b ? a < b : $0 < $1
                    })
            }
        } else {
            consider(seen)
        }
        return best
    }

    private func share(_ bin: Int, _ arm: Int) -> Double {
        if byRegret { return counts[bin] > 0 ? sums[bin * arms + arm] / Double(counts[bin]) : 0 }
        let total = (0..<arms).reduce(0) { $0 + sums[bin * arms + $1] }
        return total > 0 ? sums[bin * arms + arm] / total : 0
    }

    /// The best prefix of an order of bins, with the missing on either side.
    private func bestCut(along order: [Int], _ minimumLeaf: Int) -> Cut? {
        let missing = bin(valueBins)
        let missingCount = counts[valueBins]
        let all = order.reduce(missing) { zip($0, bin($1)).map { $0 + $1 } }
        let allCount = order.reduce(missingCount) { $0 + counts[$1] }
        let whole = cost(all)
        var best: Cut?
        var left = [Double](repeating: 0, count: arms)
        var leftCount = 0
        for (place, index) in order.enumerated() {
            left = zip(left, bin(index)).map { $0 + $1 }
            leftCount += counts[index]
            let isAllValues = place == order.count - 1
            for missingLeft in [false, true] {
                // Without missing values here, those to come follow the larger side.
                if missingCount == 0, missingLeft != (2 * leftCount > allCount) { continue }
                if isAllValues, missingLeft || missingCount == 0 { continue }
                let side = missingLeft ? zip(left, missing).map { $0 + $1 } : left
                let sideCount = leftCount + (missingLeft ? missingCount : 0)
                guard sideCount >= minimumLeaf, allCount - sideCount >= minimumLeaf else { continue }
                let gain = whole - cost(side) - cost(zip(all, side).map { max(0, $0 - $1) })
                guard gain > 1e-9 * max(whole, 0), gain > best?.gain ?? 0 else { continue }
                best = Cut(
                    gain: gain, leftBins: isAllValues ? Array(0..<valueBins) : Array(order[...place]),
                    missingGoesLeft: missingLeft, missingSeen: missingCount > 0)
            }
        }
        return best
    }
}
