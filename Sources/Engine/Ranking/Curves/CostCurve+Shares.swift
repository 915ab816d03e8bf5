import Statistics

extension CostCurve {
    /// Shares with what they bring, ascending, from nobody to everybody.
    private var steps: [(share: Double, value: Double, cost: Double)] {
        [(0, 0, 0)] + shares.indices.sorted { shares[$0] < shares[$1] }.map { (shares[$0], values[$0], costs[$0]) }
    }

    /// The share at which the curve first costs so much, on straight lines between the shares known; 1 where it never does.
    package func share(costing budget: Double) -> Double {
        let steps = steps
        for (before, after) in zip(steps, steps.dropFirst()) where after.cost >= budget && after.cost > before.cost {
            return before.share + (after.share - before.share) * (budget - before.cost) / (after.cost - before.cost)
        }
        return 1
    }

    /// The share, among those known and 0, whose value less price times cost is the largest; ties go to the smaller.
    package func share(atPrice price: Double) -> Double {
        var best = (share: 0.0, net: 0.0)
        for step in steps where step.value - price * step.cost > best.net {
            best = (step.share, step.value - price * step.cost)
        }
        return best.share
    }

    /// Every percent from a share on, the deciles left out, which every curve has.
    package static func percents(from least: Double) -> [Double] {
        let percents = (1..<100).filter { !$0.isMultiple(of: 10) }.map { Double($0) / 100 }
        return percents.filter { $0 >= least }
    }

    /// The least share of the best by score that has units of both arms.
    /// - Complexity: O(n log n).
    package static func leastShare(scores: [Double], sample: EvaluationSample) -> Double {
        let ranked = RankedUnits(scores: scores, sample: sample)
        guard let other = ranked.treated.firstIndex(where: { $0 != ranked.treated[0] }) else { return 1 }
        return Double(ranked.tieEnd[other]) / Double(max(1, ranked.count))
    }
}

extension CurveEstimate {
    /// What a unit of cost brings at the share of an index; nil where nothing is spent.
    package func efficiency(_ index: Int) -> Double? {
        curve.costs[index] > 0 ? curve.values[index] / curve.costs[index] : nil
    }

    /// nil where the replicates do not all spend something.
    package func efficiencyInterval(_ index: Int, level: Double = 0.95) -> Interval? {
        efficiency(index).flatMap { efficiency in
            interval(
                efficiency, replicates.map { $0.costs[index] > 0 ? $0.values[index] / $0.costs[index] : .nan },
                level: level)
        }
    }
}
