import Experiments

/// Sums by group, arm and outcome over chosen units: what the effect in any union of groups can be estimated from.
///
/// A group is a merged cohort, a cell of a drill-down, or anything else that divides the units.
package struct GroupSums: Sendable, Equatable {
    package let groupCount: Int
    package let armCount: Int
    package let outcomeCount: Int
    private let answer: SumsAnswer
    /// The variance of a unit's outcome over all groups, at arm * outcomeCount + outcome.
    private var spreads: [Double] = []

    /// - Parameters:
    ///   - answer: the sums of all arms, each group a cell.
    ///   - groupCount: how many cells there are.
    package init(_ answer: SumsAnswer, groupCount: Int) {
        self.answer = answer
        self.groupCount = groupCount
        armCount = answer.shape.armCount
        outcomeCount = answer.shape.outcomeCount
        spreads = (0..<armCount).flatMap { arm in
            (0..<outcomeCount).map { total(0..<groupCount, arm: arm, outcome: $0).variance }
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
    ///   - terms: what else enters the error.
    package func effect(
        in groups: some Sequence<Int>, arm: Int, outcome: Int, scale: Double, addedCost: Double,
        terms: ErrorTerms = .plain
    ) -> Effect {
        let groups = Array(groups)
        let treated = total(groups, arm: arm, outcome: outcome)
        let control = total(groups, arm: 0, outcome: outcome)
        // An arm that shows no variance here has the whole sample's.
        let pooled = max(spreads[arm * outcomeCount + outcome], spreads[outcome])
        return Effect(
            difference: MeanDifference(
                treated: treated, control: control, scale: scale, pooledVariance: pooled, terms: terms
            ).shifted(by: -addedCost),
            armCount: Int(treated.count), controlCount: Int(control.count))
    }

    private func total(_ groups: some Sequence<Int>, arm: Int, outcome: Int) -> ArmSums {
        groups.reduce(into: ArmSums()) { $0 += answer.sums(cell: $1, arm: arm, outcome: outcome) }
    }
}
