import Experiments

/// Units in memory that are divided into cells, and the plain loops that sum and count them by cell and arm.
struct UnitCells: Sendable {
    /// The cell of each unit; nil puts all into cell 0.
    let cellOf: [UInt32]?
    let cellCount: Int
    /// Observed arm of each unit.
    let assignment: [UInt8]
    let armCount: Int
    /// P(T = observed arm | x) where it varies by unit, for weights 1/e; nil for equal shares.
    let propensity: [Float]?

    /// The sums of one outcome, at (cell * arms + arm) * width in the order of `SumsTable`.
    /// - Parameters:
    ///   - values: as stored.
    ///   - included: whether a unit counts, from the range's first unit on; nil counts all.
    /// - Complexity: O(units).
    func sums(of values: [Float], units: Range<Int>, included: [Bool]? = nil) -> [Double] {
        guard let propensity else { return unweighted(values, units, included) }
        var sums = [Double](repeating: 0, count: cellCount * armCount * 6)
        for unit in units where included?[unit - units.lowerBound] ?? true {
            let sum = (Int(cellOf?[unit] ?? 0) * armCount + Int(assignment[unit])) * 6
            let (value, weight) = (Double(values[unit]), 1 / Double(propensity[unit]))
            let square = weight * weight
            sums[sum] += 1
            sums[sum + 1] += weight
            sums[sum + 2] += weight * value
            sums[sum + 3] += square
            sums[sum + 4] += square * value
            sums[sum + 5] += square * value * value
        }
        return sums
    }

    private func unweighted(_ values: [Float], _ units: Range<Int>, _ included: [Bool]?) -> [Double] {
        var sums = [Double](repeating: 0, count: cellCount * armCount * 3)
        for unit in units where included?[unit - units.lowerBound] ?? true {
            let sum = (Int(cellOf?[unit] ?? 0) * armCount + Int(assignment[unit])) * 3
            let value = Double(values[unit])
            sums[sum] += 1
            sums[sum + 1] += value
            sums[sum + 2] += value * value
        }
        return sums
    }

    /// The number of units, at cell * arms + arm.
    /// - Complexity: O(units).
    func counts(units: Range<Int>, included: [Bool]? = nil) -> [Double] {
        var counts = [Int](repeating: 0, count: cellCount * armCount)
        for unit in units where included?[unit - units.lowerBound] ?? true {
            counts[Int(cellOf?[unit] ?? 0) * armCount + Int(assignment[unit])] += 1
        }
        return counts.map { Double($0) }
    }

    /// The sums of all arms and of these outcomes, of one group.
    /// - Complexity: O(units x outcomes).
    func answer(outcomes: [[Float]], units: Range<Int>, included: [Bool]? = nil) -> SumsAnswer {
        let shape = SumsShape(
            armCount: armCount, outcomeCount: outcomes.count, summedCount: 1, countedCount: 0,
            isWeighted: propensity != nil)
        var table = SumsTable(binCount: 1, cellCount: cellCount, shape: shape)
        for (outcome, values) in outcomes.enumerated() {
            let sums = sums(of: values, units: units, included: included)
            for cell in 0..<cellCount {
                for arm in 0..<armCount {
                    let (own, sum) = (
                        (cell * armCount + arm) * shape.width,
                        shape.sum(bin: cell, arm: arm, outcome: outcome, group: 0)
                    )
                    for lane in 0..<shape.width { table.sums[sum + lane] = sums[own + lane] }
                }
            }
        }
        return SumsAnswer(shape: shape, tables: [table])
    }
}
