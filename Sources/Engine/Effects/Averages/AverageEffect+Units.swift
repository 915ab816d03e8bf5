import Experiments

extension AverageEffect {
    /// The effects of every arm on every outcome from units in memory, at (arm - 1) * outcomes + outcome.
    ///
    /// - Parameters:
    ///   - units: `experiment.tune`, `experiment.confirm` or all. What feeds a policy comes from tune (METHODS section 0).
    /// - Complexity: O(units x outcomes).
    package static func estimate(_ experiment: Experiment, over units: Range<Int>) -> [AverageEffect] {
        let answer = UnitCells(experiment).answer(outcomes: experiment.outcomes.map(\.observed.values), units: units)
        return estimate(experiment.outline, from: answer)
    }

    /// Sums by arm of a column as an outcome's is stored.
    static func armSums(_ values: [Float], _ experiment: Experiment, _ units: Range<Int>) -> [ArmSums] {
        let answer = UnitCells(experiment).answer(outcomes: [values], units: units)
        return experiment.arms.indices.map { answer.sums(cell: 0, arm: $0) }
    }
}

extension UnitCells {
    /// All units of an experiment in one cell.
    fileprivate init(_ experiment: Experiment) {
        self.init(
            cellOf: nil, cellCount: 1, assignment: experiment.assignment, armCount: experiment.arms.count,
            propensity: experiment.propensity.observedByUnit(experiment.assignment))
    }
}
