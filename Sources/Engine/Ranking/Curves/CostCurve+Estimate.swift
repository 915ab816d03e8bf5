import Runtime

extension CostCurve {
    /// The curve of a score, by differences of means on units that did not train it.
    /// - Parameters:
    ///   - scores: one per unit of the sample, the best highest.
    ///   - extraShares: shares to know beside the deciles.
    /// - Throws: `EspalierError`: a share outside 0...1 (.usage), targeted units without an arm (.data).
    /// - Complexity: O(n log n).
    package init(scores: [Double], sample: EvaluationSample, extraShares: [Double] = []) throws {
        try self.init(RankedUnits(scores: scores, sample: sample), extraShares: extraShares)
    }

    init(_ ranked: RankedUnits, extraShares: [Double]) throws {
        if let share = extraShares.first(where: { !($0 > 0 && $0 <= 1) }) {
            throw EspalierError(
                .usage, "the share \(share) is not between 0 and 1",
                remedy: "give the part of the units to target, as 0.2")
        }
        let shares = Self.deciles + extraShares
        let sums = Self.sums(ranked, at: shares)
        var differences: [(value: Double, cost: Double)] = []
        for (share, sums) in zip(shares, sums) {
            guard let difference = sums.difference else {
                let missing = sums.lanes[1] > 0 ? "control" : "treated"
                throw EspalierError(
                    .data, "no \(missing) unit is among the best \(Self.percent(share)) by score",
                    remedy: "give more units, or a score that does not tell the arms apart")
            }
            differences.append(difference)
        }
        self.init(
            shares: shares, values: zip(shares, differences).map { $0 * $1.value },
            costs: zip(shares, differences).map { $0 * $1.cost })
    }

    /// The sums at each share in one pass.
    private static func sums(_ ranked: RankedUnits, at shares: [Double]) -> [TargetedSums] {
        var result = [TargetedSums](repeating: .zero, count: shares.count)
        let ascending = shares.indices.sorted { shares[$0] < shares[$1] }
        var next = 0
        var before = TargetedSums.zero
        var position = 0
        while position < ranked.count, next < ascending.count {
            let end = Int(ranked.tieEnd[position])
            var after = before
            for unit in position..<end { ranked.add(unit, to: &after) }
            // A decile that falls on the last unit of a tie is that unit's, whatever the product rounds to.
            while next < ascending.count,
                shares[ascending[next]] * Double(ranked.count) <= after.units * (1 + 1e-12)
            {
                let units = shares[ascending[next]] * Double(ranked.count)
                let fraction = min(1, (units - before.units) / (after.units - before.units))
                result[ascending[next]] = .between(before, after, fraction)
                next += 1
            }
            before = after
            position = end
        }
        return result
    }

    private static func percent(_ share: Double) -> String {
        let percent = share * 100
        return percent == percent.rounded() ? "\(Int(percent))%" : "\(percent)%"
    }
}

extension CostCurve {
    /// The curve of a score where the effects of every unit are known, as in a simulation.
    /// - Throws: `EspalierError` (.data) without units.
    package init(
        scores: [Double], valueEffects: [Double], costEffects: [Double], extraShares: [Double] = []
    ) throws {
        // Every unit stands in both arms, so the difference of means is the mean effect.
        let zeros = [Double](repeating: 0, count: scores.count)
        try self.init(
            scores: scores + scores,
            sample: EvaluationSample(
                treated: scores.map { _ in true } + scores.map { _ in false }, value: valueEffects + zeros,
                cost: costEffects + zeros), extraShares: extraShares)
    }
}
