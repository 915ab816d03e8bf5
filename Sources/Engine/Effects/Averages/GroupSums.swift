/// Sums by group, arm and outcome over chosen units: what the effect in any union of groups can be estimated from.
///
/// A group is a merged cohort, a cell of a drill-down, or anything else that divides the units.
package struct GroupSums: Sendable, Equatable {
    package let groupCount: Int
    package let armCount: Int
    package let outcomeCount: Int
    /// At (group * armCount + arm) * outcomeCount + outcome.
    private var sums: [ArmSums]
    /// The variance of a unit's outcome over all groups, at arm * outcomeCount + outcome.
    private var spreads: [Double] = []

    /// - Parameters:
    ///   - groups: the group of each unit of the range; units beyond its length are left out.
    ///   - included: whether a unit counts; nil counts all.
    ///   - assignment: observed arm of each unit.
    ///   - outcomes: scaled and gross, one column each.
    ///   - propensity: P(T = observed arm | x) where it varies by unit, for weights 1/e; nil for equal shares.
    /// - Complexity: O(units x outcomes).
    package init(
        groups: [UInt32], groupCount: Int, included: [Bool]? = nil, units: Range<Int>, assignment: [UInt8],
        armCount: Int, outcomes: [[Float]], propensity: [Float]? = nil
    ) {
        self.groupCount = groupCount
        self.armCount = armCount
        outcomeCount = outcomes.count
        sums = Array(repeating: ArmSums(), count: groupCount * armCount * outcomes.count)
        for (j, values) in outcomes.enumerated() {
            for unit in units.clamped(to: 0..<groups.count) where included?[unit] ?? true {
                let place = (Int(groups[unit]) * armCount + Int(assignment[unit])) * outcomeCount + j
                let value = Double(values[unit])
                let weight = propensity.map { 1 / Double($0[unit]) } ?? 1
                let square = weight * weight
                sums[place].count += 1
                sums[place].weight += weight
                sums[place].weightedValue += weight * value
                sums[place].squaredWeight += square
                sums[place].squaredWeightValue += square * value
                sums[place].squaredWeightSquare += square * value * value
            }
        }
        spreads = (0..<armCount).flatMap { arm in
            outcomes.indices.map { total(0..<groupCount, arm: arm, outcome: $0).variance }
        }
    }

    /// The effect of an arm on an outcome in a union of groups, as Welch estimates it.
    package struct Effect: Sendable, Equatable {
        /// Net of the arm's added cost, in the outcome's own unit.
        package let difference: MeanDifference
        package let armCount: Int
        package let controlCount: Int

        /// Whether both arms have the two units that an interval needs.
        package var isEstimable: Bool { armCount > 1 && controlCount > 1 }
    }

    /// - Parameters:
    ///   - scale: of the outcome's stored column.
    ///   - addedCost: what the arm costs beyond control, in the outcome's own unit.
    package func effect(
        in groups: some Sequence<Int>, arm: Int, outcome: Int, scale: Double, addedCost: Double
    ) -> Effect {
        let groups = Array(groups)
        let treated = total(groups, arm: arm, outcome: outcome)
        let control = total(groups, arm: 0, outcome: outcome)
        // An arm that shows no variance here has the whole sample's.
        let pooled = max(spreads[arm * outcomeCount + outcome], spreads[outcome])
        return Effect(
            difference: MeanDifference(treated: treated, control: control, scale: scale, pooledVariance: pooled)
                .shifted(by: -addedCost),
            armCount: Int(treated.count), controlCount: Int(control.count))
    }

    private func total(_ groups: some Sequence<Int>, arm: Int, outcome: Int) -> ArmSums {
        groups.reduce(into: ArmSums()) { $0 += sums[($1 * armCount + arm) * outcomeCount + outcome] }
    }
}
