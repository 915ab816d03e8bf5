extension GroupSums {
    /// Sums of units in memory.
    /// - Parameters:
    ///   - groups: the group of each unit of the range; units beyond its length are left out.
    ///   - included: whether a unit counts, from unit 0 on; nil counts all.
    ///   - units: from 0 on where `included` is given.
    ///   - assignment: observed arm of each unit.
    ///   - outcomes: scaled and gross, one column each.
    ///   - propensity: P(T = observed arm | x) where it varies by unit, for weights 1/e; nil for equal shares.
    /// - Complexity: O(units x outcomes).
    package init(
        groups: [UInt32], groupCount: Int, included: [Bool]? = nil, units: Range<Int>, assignment: [UInt8],
        armCount: Int, outcomes: [[Float]], propensity: [Float]? = nil
    ) {
        let cells = UnitCells(
            cellOf: groups, cellCount: groupCount, assignment: assignment, armCount: armCount, propensity: propensity)
        self.init(
            cells.answer(outcomes: outcomes, units: units.clamped(to: 0..<groups.count), included: included),
            groupCount: groupCount)
    }
}
