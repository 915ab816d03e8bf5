import Runtime

/// From prices to an allocation: units that are nearly tied at them go into a small linear programme, equal ones together,
/// which spends exactly what the others leave of the limits; more of them until the gap to the dual is closed.
struct TieSplitting {
    let dual: MemberDual
    let effects: MemberEffects
    let context: RunContext

    /// Largest gap between the allocation and the bound, in mean sizes of the objective's effects.
    private static let gap = 1e-7
    /// Tied units per limit at first.
    private static let firstUnits = 20

    /// Units with the same effects.
    private struct Group {
        let row: [Float]
        var units: [UInt32]
    }

    func split(_ result: LocalisedDual.Result) throws -> MemberSolution {
        let passes = MemberPasses(effects: result.open, workers: context.workers)
        let (arms, margins) = try passes.choices(dual.weights(result.minimum.point))
        // By position among equals, so that the order is one.
        let order = margins.indices.sorted { margins[$0] != margins[$1] ? margins[$0] < margins[$1] : $0 < $1 }
        var count = Self.firstUnits * (dual.limits.count + 1)
        while true {
            try context.cancellation.check()
            count = min(count, order.count)
            while count > 0, count < order.count, margins[order[count]] == margins[order[count - 1]] { count += 1 }
            let split = try solve(Array(order.prefix(count)), arms, result)
            if let split, split.isClosed || count == order.count { return split.solution }
            guard count < order.count else {
                throw EspalierError(
                    .internal, "the limits cannot be kept, although the prices are finite",
                    remedy: "report it with the limits")
            }
            count *= 4
        }
    }

    /// - Parameters:
    ///   - tied: indices of open units.
    ///   - arms: of the open units, without ties.
    /// - Returns: nil where the tied units cannot make the limits hold.
    private func solve(
        _ tied: [Int], _ arms: [UInt8], _ result: LocalisedDual.Result
    ) throws -> (solution: MemberSolution, isClosed: Bool)? {
        var isTied = [Bool](repeating: false, count: arms.count)
        for index in tied { isTied[index] = true }
        var fixed = result.screening.closedSums
        for index in arms.indices where !isTied[index] {
            for outcome in fixed.indices {
                fixed[outcome] += Double(result.open.effect(outcome: outcome, arm: Int(arms[index]), unit: index))
            }
        }
        let groups = grouped(tied, result)
        guard let shares = try shares(of: groups, fixed: fixed) else { return nil }
        var sums = fixed
        var choices = result.screening.choices
        for (open, unit) in result.screening.open.enumerated() { choices[Int(unit)] = arms[open] }
        var ties: [MemberSolution.Tie] = []
        for (g, group) in groups.enumerated() {
            let row = (0..<effects.armCount).map { shares.shares[g, $0] }
            for outcome in sums.indices {
                for arm in 1..<effects.armCount {
                    let effect = Double(group.row[outcome * (effects.armCount - 1) + arm - 1])
                    sums[outcome] += Double(group.units.count) * row[arm] * effect
                }
            }
            let most = row.indices.reduce(0) { row[$1] > row[$0] ? $1 : $0 }
            for unit in group.units { choices[Int(unit)] = UInt8(most) }
            if row[most] < 1 { ties.append(MemberSolution.Tie(units: group.units.sorted(), shares: row)) }
        }
        let (bound, prices) = try bound(result, candidate: shares.prices)
        let values = sums.map { $0 / Double(effects.unitCount) }
        return (
            MemberSolution(
                arms: choices, ties: ties, values: values, prices: dual.unscaled(prices),
                bound: bound * dual.scales[0], steps: result.steps),
            bound - values[0] / dual.scales[0] <= Self.gap
        )
    }

    private func grouped(_ tied: [Int], _ result: LocalisedDual.Result) -> [Group] {
        var groups: [Group] = []
        var indices: [[Float]: Int] = [:]
        for index in tied {
            let row = result.open.row(index)
            if let known = indices[row] {
                groups[known].units.append(result.screening.open[index])
            } else {
                indices[row] = groups.count
                groups.append(Group(row: row, units: [result.screening.open[index]]))
            }
        }
        return groups
    }

    /// The best shares of the groups under what the fixed units leave of the limits, and the limits' scaled prices.
    private func shares(
        of groups: [Group], fixed: [Double]
    ) throws -> (shares: CohortShares, prices: [Double])? {
        let armCount = effects.armCount
        let tiedUnits = Double(groups.reduce(0) { $0 + $1.units.count })
        guard tiedUnits > 0 else {
            let isKept = dual.limits.allSatisfy { limit in
                let excess = limit.excess(of: fixed[limit.outcome] / Double(effects.unitCount))
                return excess <= 1e-9 * dual.scales[limit.outcome]
            }
            return isKept ? (CohortShares(armCount: armCount, values: []), dual.limits.map { _ in 0 }) : nil
        }
        let problem = try AllocationProblem(
            armCount: armCount, sizes: groups.map { Double($0.units.count) },
            outcomes: (0..<effects.outcomeCount).map { outcome in
                OutcomeEffects(name: "\(outcome)", means: groups.flatMap { means(of: $0, outcome: outcome) })
            },
            limits: dual.limits.map { limit in
                AllocationLimit(
                    outcome: limit.outcome, sense: limit.sense,
                    threshold: (Double(effects.unitCount) * limit.threshold - fixed[limit.outcome]) / tiedUnits
                        / dual.scales[limit.outcome])
            })
        return try LinearAllocation.solve(problem).solution.map { ($0.shares, $0.prices) }
    }

    /// A group's effects on an outcome, control's first, scaled.
    private func means(of group: Group, outcome: Int) -> [Double] {
        let others = effects.armCount - 1
        let row = group.row[outcome * others..<(outcome + 1) * others]
        return [0] + row.map { Double($0) / dual.scales[outcome] }
    }

    /// The lower of the dual at the prices found and at those of the programme, which are exact where the ties are all in it.
    private func bound(
        _ result: LocalisedDual.Result, candidate prices: [Double]
    ) throws -> (value: Double, prices: [Double]) {
        let found = (result.minimum.value, result.minimum.point)
        guard result.holds(prices) else { return found }
        let passes = MemberPasses(effects: result.open, workers: context.workers)
        let sums = zip(try passes.sums(dual.weights(prices)), result.screening.closedSums).map { $0 + $1 }
        let value = dual.plane(sums, units: effects.unitCount).value(at: prices)
        return value <= found.0 ? (value, prices) : found
    }
}
