import Experiments

extension ScoreTable {
    /// Gamma_i - Gamma_0 of one arm and outcome for some units, scaled, net of the arm's added cost.
    func differences(
        _ contrast: ContrastIndex, units: some Sequence<Int>, assignment: [UInt8], addedCost: Double
    ) -> [Double] {
        let effects = contrasts.column(contrast)
        let residual = residuals[contrast.outcome]
        return units.map { unit in
            let own = Int(assignment[unit])
            let sign = own == contrast.arm ? 1.0 : own == 0 ? -1.0 : 0
            return Double(effects[unit]) - addedCost + sign * Double(residual[unit])
        }
    }
}
