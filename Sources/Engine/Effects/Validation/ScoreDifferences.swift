import Experiments

extension ScoreTable {
    /// Gamma_i - Gamma_0 of one arm and outcome for some units, scaled, net of the arm's added cost.
    func differences(
        arm: Int, outcome: Int, units: some Sequence<Int>, assignment: [UInt8], addedCost: Double
    ) -> [Double] {
        let contrast = contrasts.column(arm: arm, outcome: outcome)
        let residual = residuals[outcome]
        return units.map { unit in
            let own = Int(assignment[unit])
            let sign = own == arm ? 1.0 : own == 0 ? -1.0 : 0
            return Double(contrast[unit]) - addedCost + sign * Double(residual[unit])
        }
    }
}
