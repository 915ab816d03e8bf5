import Experiments

/// The units of one arm and control that a forest is trained on.
package struct ForestSample: Sendable {
    /// Rows of the data, ascending: units of the arm and of control.
    package let rows: [UInt32]
    /// By row of the data, as all columns here: unit keys, which decide the bags.
    package let keys: [UInt64]
    /// Whether a row got the arm.
    package let treated: [Bool]
    /// p = e_i/(e_0 + e_i), the probability of the arm among it and control.
    package let propensity: [Float]
    /// The outcome, scaled and gross of arm costs.
    package let outcome: [Float]

    /// - Parameter rows: among which units of the arm and of control are taken, such as training rows outside a fold.
    /// - Complexity: O(units).
    package init(_ data: TrainingData, _ contrast: ContrastIndex, rows: some Sequence<Int>) {
        let (assignment, arm) = (data.assignment, contrast.arm)
        self.rows = rows.filter { assignment[$0] == 0 || Int(assignment[$0]) == arm }.sorted().map { UInt32($0) }
        keys = data.keys
        treated = assignment.map { Int($0) == arm }
        outcome = data.outcomes[contrast.outcome].values
        switch data.propensity {
        case .shares(let shares):
            let share = Float(shares[arm] / (shares[0] + shares[arm]))
            propensity = Array(repeating: share, count: assignment.count)
        case .columns(let columns):
            propensity = zip(columns[0], columns[arm]).map { $1 / ($0 + $1) }
        }
    }

    package var treatedCount: Int { rows.reduce(0) { $0 + (treated[Int($1)] ? 1 : 0) } }
    package var smallestArm: Int { min(treatedCount, rows.count - treatedCount) }

    /// W - e by row.
    var treatmentResiduals: [Float] {
        zip(treated, propensity).map { ($0 ? 1 : 0) - $1 }
    }
}
