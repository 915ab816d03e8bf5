import Statistics

/// What a policy gives to a group of units and what that gains there against control.
package struct GroupGain: Sendable, Equatable {
    package let units: Int
    /// Share of the group that gets each arm; empty groups have zeros.
    package let shares: [Double]
    /// V - V0 within the group by the doubly robust scores, one per outcome, in its own unit; nil below two units.
    package let gains: [Estimate?]

    package init(units: Int, shares: [Double], gains: [Estimate?]) {
        self.units = units
        self.shares = shares
        self.gains = gains
    }

    /// The arm most of the group gets; ties go to the lower arm.
    package var mostlyGiven: Int {
        shares.indices.max { (shares[$0], -$0) < (shares[$1], -$1) } ?? 0
    }
}

extension PolicyTable {
    /// The gains of an assignment by group of units: mean and error of Gamma_k - Gamma_0, with
    /// Gamma_ij - Gamma_0j = contrast_ij + ([T = i] - [T = 0]) residual_j.
    /// - Parameters:
    ///   - choice: the arm given to each unit of the range.
    ///   - groups: the group of every unit, by its place in the table.
    ///   - scales: of the outcomes' stored columns.
    ///   - designEffects: what variances are multiplied by for clusters, by outcome; nil where units are independent.
    /// - Complexity: O(units x outcomes), one pass per outcome.
    package func gains(
        of choice: [UInt8], groups: [UInt32], groupCount: Int, units: Range<Int>, scales: [Double],
        designEffects: [Double]? = nil
    ) -> [GroupGain] {
        precondition(choice.count == units.count && groups.count >= units.upperBound)
        if let cells {
            return gains(cells, of: choice, groups: groups, groupCount: groupCount, rows: units, scales: scales)
        }
        var counts = [Int](repeating: 0, count: groupCount * armCount)
        var sums = [Double](repeating: 0, count: groupCount * outcomeCount)
        var squares = sums
        for unit in units { counts[Int(groups[unit]) * armCount + Int(choice[unit - units.lowerBound])] += 1 }
        columns.withUnsafeBufferPointer { columns in
            for j in 0..<outcomeCount {
                let residuals = (layout.residuals + j) * columnStride
                let contrasts = contrastStarts(outcome: j)
                for unit in units {
                    let arm = Int(choice[unit - units.lowerBound])
                    guard arm > 0 else { continue }
                    let contrast = columns[contrasts[arm - 1] + unit]
                    let observed = Int(assignment[unit])
                    let part = observed == arm ? 1.0 : observed == 0 ? -1 : 0
                    let difference = Double(contrast) + part * Double(columns[residuals + unit])
                    let place = Int(groups[unit]) * outcomeCount + j
                    sums[place] += difference
                    squares[place] += difference * difference
                }
            }
        }
        return (0..<groupCount).map { group in
            let own = counts[group * armCount..<(group + 1) * armCount]
            let total = own.reduce(0, +)
            let n = Double(total)
            return GroupGain(
                units: total, shares: own.map { n > 0 ? Double($0) / n : 0 },
                gains: (0..<outcomeCount).map { j in
                    guard total > 1 else { return nil }
                    let mean = sums[group * outcomeCount + j] / n
                    let variance = max(0, squares[group * outcomeCount + j] / n - mean * mean) / (n - 1)
                    return Estimate(
                        value: scales[j] * mean,
                        standardError: scales[j] * (variance * (designEffects?[j] ?? 1)).squareRoot())
                })
        }
    }
}
