import Experiments

/// The units of control and one arm as the tau-risk of one outcome sees them (S2; Nie & Wager 2021): each loses
/// ((Y - m(x)) - (W - p) tau(x))^2, with W = 1 in the arm and p = e_i/(e_0 + e_i), the propensity of the arm among it and control.
struct ContrastLosses: Sendable {
    /// Training units of the two arms.
    let units: [Int]
    /// Y - m(x), scaled.
    private let residuals: [Double]
    /// W - p.
    private let treatmentResiduals: [Double]
    /// Losses of the constant effect, each unit's by the mean difference outside its fold.
    let constant: [Double]

    /// - Parameter means: m of every training unit, scaled.
    init(_ data: TrainingData, _ contrast: ContrastIndex, means: [Float]) {
        let (arm, foldCount) = (contrast.arm, data.foldCount)
        let values = data.outcomes[contrast.outcome].values
        var sums = [ArmSums](repeating: ArmSums(), count: 2 * foldCount)
        var (units, residuals, treatmentResiduals): ([Int], [Double], [Double]) = ([], [], [])
        for unit in data.training {
            let own = Int(data.assignment[unit])
            guard own == 0 || own == arm else { continue }
            let treated = data.propensity.of(arm: arm, unit: unit)
            let control = data.propensity.of(arm: 0, unit: unit)
            units.append(unit)
            residuals.append(Double(values[unit]) - Double(means[unit]))
            treatmentResiduals.append((own == arm ? 1 : 0) - treated / (treated + control))
            let cell = 2 * Int(data.folds[unit]) + (own == arm ? 1 : 0)
            let weight = 1 / (own == arm ? treated : control)
            sums[cell].count += 1
            sums[cell].weight += weight
            sums[cell].weightedValue += weight * Double(values[unit])
        }
        let effects = (0..<foldCount).map { held -> Double in
            let others = (0..<foldCount).filter { $0 != held }
            let control = others.reduce(ArmSums()) { $0 + sums[2 * $1] }
            let treated = others.reduce(ArmSums()) { $0 + sums[2 * $1 + 1] }
            return treated.count > 0 && control.count > 0 ? treated.mean - control.mean : 0
        }
        self.units = units
        self.residuals = residuals
        self.treatmentResiduals = treatmentResiduals
        constant = units.indices.map { index in
            Self.loss(residuals[index], treatmentResiduals[index], effects[Int(data.folds[units[index]])])
        }
    }

    /// The loss of every unit in `units` by a learner's effects, scaled.
    func losses(_ effects: [Float]) -> [Double] {
        units.indices.map { Self.loss(residuals[$0], treatmentResiduals[$0], Double(effects[units[$0]])) }
    }

    private static func loss(_ residual: Double, _ treatment: Double, _ effect: Double) -> Double {
        let difference = residual - treatment * effect
        return difference * difference
    }
}
