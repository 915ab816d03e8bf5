/// An allocation unit by unit: the argmax policy with the objective's weight 1 and the limits' prices as the other weights
/// (METHODS 4.5), but for the few units that are tied under it.
package struct MemberSolution: Sendable, Equatable {
    /// Tied units that draw from the same shares of arms.
    package struct Tie: Sendable, Equatable {
        package let units: [UInt32]
        package let shares: [Double]
    }

    /// The arm of every unit; of tied ones the arm of the largest share.
    package let arms: [UInt8]
    package let ties: [Tie]
    /// The mean effect on every outcome, the objective first.
    package let values: [Double]
    /// What the objective gains when a limit yields by one unit, by limit.
    package let prices: [Double]
    /// No allocation that keeps the limits has a higher objective.
    package let bound: Double
    /// Points at which the dual function was computed.
    package let steps: Int

    package var objective: Double { values[0] }
    /// Units that draw between arms.
    package var splitUnits: Int { ties.reduce(0) { $0 + $1.units.count } }
}

/// What solving unit by unit comes to.
package enum MemberResult: Sendable, Equatable {
    case solved(MemberSolution)
    case infeasible([LimitConflict])

    package var solution: MemberSolution? {
        if case .solved(let solution) = self { solution } else { nil }
    }
}
