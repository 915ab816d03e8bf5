import Experiments

/// The units of control and one arm as the tau-risk of one outcome sees them (S2; Nie & Wager 2021): each loses
/// ((Y - m(x)) - (W - p) tau(x))^2, with W = 1 in the arm and p = e_i/(e_0 + e_i), the pair's propensity.
struct ContrastLosses: Sendable {
    /// Tune units of the two arms.
    let units: [Int]
    /// Y - m(x), scaled.
    private let residuals: [Double]
    /// W - p.
    private let surprises: [Double]
    /// Losses of the constant effect, each unit's by the mean difference outside its fold.
    let constant: [Double]

    init(_ experiment: Experiment, arm: Int, outcome: Int, folds: [UInt8], means: [Float]) {
        let values = experiment.outcomes[outcome].observed.values
        var sums = [ArmSums](repeating: ArmSums(), count: 2 * experiment.splitRule.foldCount)
        var (units, residuals, surprises): ([Int], [Double], [Double]) = ([], [], [])
        for unit in experiment.tune {
            let own = Int(experiment.assignment[unit])
            guard own == 0 || own == arm else { continue }
            let treated = experiment.propensity.of(arm: arm, unit: unit)
            let control = experiment.propensity.of(arm: 0, unit: unit)
            units.append(unit)
            residuals.append(Double(values[unit]) - Double(means[unit]))
            surprises.append((own == arm ? 1 : 0) - treated / (treated + control))
            let cell = 2 * Int(folds[unit]) + (own == arm ? 1 : 0)
            let weight = 1 / (own == arm ? treated : control)
            sums[cell].count += 1
            sums[cell].weight += weight
            sums[cell].weightedValue += weight * Double(values[unit])
        }
        let effects = (0..<experiment.splitRule.foldCount).map { held -> Double in
            let others = (0..<experiment.splitRule.foldCount).filter { $0 != held }
            let control = others.reduce(ArmSums()) { $0 + sums[2 * $1] }
            let treated = others.reduce(ArmSums()) { $0 + sums[2 * $1 + 1] }
            return treated.count > 0 && control.count > 0 ? treated.mean - control.mean : 0
        }
        self.units = units
        self.residuals = residuals
        self.surprises = surprises
        constant = units.indices.map { index in
            Self.loss(residuals[index], surprises[index], effects[Int(folds[units[index]])])
        }
    }

    /// The loss of every unit in `units` by a learner's effects, scaled.
    func losses(_ effects: [Float]) -> [Double] {
        units.indices.map { Self.loss(residuals[$0], surprises[$0], Double(effects[units[$0]])) }
    }

    private static func loss(_ residual: Double, _ surprise: Double, _ effect: Double) -> Double {
        let difference = residual - surprise * effect
        return difference * difference
    }
}
