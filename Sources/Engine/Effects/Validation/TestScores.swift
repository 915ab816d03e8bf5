import Experiments

/// Doubly robust scores of one arm against control for the test of heterogeneity: Gamma_i - Gamma_0 over the units of the two
/// arms, with outcome models that grant everybody the same effect c, mu_i = m + (1 - p) c and mu_0 = m - p c, so that
///
///     Gamma_i - Gamma_0 = c + (W - p)/(p (1 - p)) (Y - m(x) - (W - p) c),   p = e_i/(e_0 + e_i).
///
/// Where propensities are known, any outcome models give scores with mean tau(x); where they are estimated, the test leans on
/// their being right, as the experiment's caveats say. Models of the two arms apart, mu_i and mu_0, would have the scores hold
/// the very errors that the effect tau = mu_i - mu_0 is measured by, with weight (1 - p) on the smaller arm's: their sums are then
/// skew, and the test reports more than it may where arms are small or of unequal size. With equal shares and two arms both give
/// the same scores but for c.
struct TestScores: Sendable {
    /// Units of the two arms among those asked for.
    let units: [Int]
    /// Scaled; arm costs shift all alike and are left out.
    let values: [Double]

    /// - Parameter nuisances: of models that saw none of the units.
    init(_ data: TrainingData, nuisances: Nuisances, _ contrast: ContrastIndex, units asked: Range<Int>) {
        let observed = data.outcomes[contrast.outcome].values
        let means = nuisances.outcomeMeans(data, contrast)
        let effects = nuisances.scores.contrasts.column(contrast)
        let constant = asked.reduce(0.0) { $0 + Double(effects[$1]) } / Double(max(1, asked.count))
        units = asked.filter { data.assignment[$0] == 0 || Int(data.assignment[$0]) == contrast.arm }
        values = units.map { unit in
            let share = data.share(ofArm: contrast.arm, unit: unit)
            let treatment = (data.assignment[unit] == 0 ? 0 : 1) - share
            let residual = Double(observed[unit]) - Double(means[unit]) - treatment * constant
            return constant + treatment / (share * (1 - share)) * residual
        }
    }
}
