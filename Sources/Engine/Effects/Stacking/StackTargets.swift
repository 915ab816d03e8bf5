import Experiments

/// Which loss the members of a stack are held to.
package enum StackLoss: Sendable, CaseIterable {
    /// p (1 - p) (Gamma_i - Gamma_0 - tau)^2, p = e_i/(e_0 + e_i): the doubly robust loss (Lan & Syrgkanis 2024), each unit
    /// weighed by the inverse of its score's variance. With planned shares all weigh alike; where propensities vary, the few units
    /// of scores in the tens would else choose (on IHDP, with twice the PEHE).
    case doublyRobust
    /// ((Y - m) - (W - p) tau)^2 over the units of the two arms: the R-loss (Nie & Wager 2021, section 4.2).
    case residual
}

/// What the effects of one arm on one outcome are held to, unit by unit, by models that have not seen the unit.
struct StackTargets {
    /// Training units.
    let units: [Int]
    /// Scaled.
    let values: [Double]
    let weights: [Double]

    init(_ data: TrainingData, nuisances: Nuisances, _ contrast: ContrastIndex, loss: StackLoss) {
        func share(_ unit: Int) -> Double { data.share(ofArm: contrast.arm, unit: unit) }
        switch loss {
        case .doublyRobust:
            units = Array(data.training)
            values = nuisances.scores.differences(
                contrast, units: data.training, assignment: data.assignment, addedCost: 0)
            weights = units.map { share($0) * (1 - share($0)) }
        case .residual:
            let observed = data.outcomes[contrast.outcome].values
            let means = nuisances.outcomeMeans(data, contrast)
            let both = data.training.filter { data.assignment[$0] == 0 || Int(data.assignment[$0]) == contrast.arm }
            let residuals = both.map { (data.assignment[$0] == 0 ? 0 : 1) - share($0) }
            units = both
            values = zip(both, residuals).map { unit, residual in
                (Double(observed[unit]) - Double(means[unit])) / residual
            }
            weights = residuals.map { $0 * $0 }
        }
    }
}
