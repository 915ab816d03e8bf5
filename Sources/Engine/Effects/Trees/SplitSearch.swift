/// The honest criterion and the best split of a node by it (Athey & Imbens 2016; METHODS section 1).
struct SplitSearch {
    /// Units in the growing and in the estimating half of the pair.
    let growingUnits: Double
    let estimatingUnits: Double
    /// Treated share p of the pair.
    let treatedShare: Double
    let minimumLeaf: Int

    /// A leaf's part of (1/N_tr) sum n_l tau_l^2 - (1/N_tr + 1/N_est) sum (S2_1/p + S2_0/(1-p)).
    func score(treated: ArmSums, control: ArmSums) -> Double {
        let effect = treated.mean - control.mean
        let penalty = treated.variance / treatedShare + control.variance / (1 - treatedShare)
        return (treated.count + control.count) * effect * effect / growingUnits
            - (1 / growingUnits + 1 / estimatingUnits) * penalty
    }

    struct Found {
        let split: Split
        let gain: Double
    }

    /// The best split of a node on one covariate, nil where none keeps the leaf sizes.
    func best(_ sums: NodeSums, covariate: Int, code: BinCode, parentScore: Double) -> Found? {
        let order = code.isCategorical ? levelsByEffect(sums, code) : Array(0..<code.valueBins)
        // Levels that lack an arm in the node go with missing, for no effect can place them.
        let apart = Set(order)
        var missing = Side()
        for bin in 0...code.missingBin where !apart.contains(bin) { missing.add(sums, bin) }
        var total = missing
        for bin in order { total.add(sums, bin) }
        let hasMissing = missing.growing[0].count + missing.growing[1].count > 0

        var best: Found?
        func consider(_ left: Side, _ makeSplit: () -> Split) {
            let right = total - left
            guard left.keeps(minimumLeaf), right.keeps(minimumLeaf) else { return }
            let gain =
                score(treated: left.growing[1], control: left.growing[0])
                + score(treated: right.growing[1], control: right.growing[0]) - parentScore
            if gain > (best?.gain ?? 0) { best = Found(split: makeSplit(), gain: gain) }
        }
        var left = Side()
        for (place, bin) in order.enumerated() {
            left.add(sums, bin)
            let isLast = place == order.count - 1
            if isLast {
                // All values against the missing ones.
                if hasMissing, !code.isCategorical || apart.count == code.valueBins {
                    consider(left) { split(covariate, .present, missingLeft: false, hasMissing) }
                }
                continue
            }
            func rule(missingLeft: Bool) -> Split.Rule {
                guard code.isCategorical else { return .atMost(code.edges[bin]) }
                var levels = order[...place].map { UInt8($0) }
                // The rule lists every level of its side, those that went with missing included.
                if missingLeft { levels += (0..<code.valueBins).filter { !apart.contains($0) }.map { UInt8($0) } }
                return .levels(levels.sorted())
            }
            consider(left) { split(covariate, rule(missingLeft: false), missingLeft: false, hasMissing) }
            if hasMissing {
                consider(left + missing) { split(covariate, rule(missingLeft: true), missingLeft: true, hasMissing) }
            }
        }
        return best
    }

    private func split(_ covariate: Int, _ rule: Split.Rule, missingLeft: Bool, _ seen: Bool) -> Split {
        Split(covariate: covariate, rule: rule, missingGoesLeft: missingLeft, missingSeen: seen)
    }

    /// Levels that have both arms in the node, by their effect in the node; ranked afresh at every node.
    private func levelsByEffect(_ sums: NodeSums, _ code: BinCode) -> [Int] {
        let levels = (0..<code.valueBins).filter {
            sums.growing[$0 * 2].count > 0 && sums.growing[$0 * 2 + 1].count > 0
        }
        let effects = levels.map { sums.growing[$0 * 2 + 1].mean - sums.growing[$0 * 2].mean }
        return levels.indices.sorted { (effects[$0], levels[$0]) < (effects[$1], levels[$1]) }.map { levels[$0] }
    }
}

/// What lies on one side of a split: sums by arm (control, treated).
private struct Side {
    var growing = [ArmSums(), ArmSums()]
    var estimating: [UInt32] = [0, 0]

    mutating func add(_ sums: NodeSums, _ bin: Int) {
        for arm in 0..<2 {
            growing[arm] += sums.growing[bin * 2 + arm]
            estimating[arm] += sums.estimating[bin * 2 + arm]
        }
    }

    static func + (a: Side, b: Side) -> Side {
        Side(
            growing: [a.growing[0] + b.growing[0], a.growing[1] + b.growing[1]],
            estimating: [a.estimating[0] + b.estimating[0], a.estimating[1] + b.estimating[1]])
    }

    static func - (a: Side, b: Side) -> Side {
        Side(
            growing: [a.growing[0] - b.growing[0], a.growing[1] - b.growing[1]],
            estimating: [a.estimating[0] - b.estimating[0], a.estimating[1] - b.estimating[1]])
    }

    func keeps(_ minimum: Int) -> Bool {
        growing.allSatisfy { $0.count >= Double(minimum) } && estimating.allSatisfy { $0 >= UInt32(minimum) }
    }
}
