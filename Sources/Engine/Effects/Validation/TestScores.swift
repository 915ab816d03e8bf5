import Experiments

/// Doubly robust scores of one arm against control for the test of heterogeneity: Gamma_i - Gamma_0 over the units of the two
/// arms, with outcome models that grant everybody the same effect c, mu_i = m + (1 - p) c and mu_0 = m - p c, so that
///
///     Gamma_i - Gamma_0 = c + (W - p)/(p (1 - p)) (Y - m(x) - (W - p) c),   p = e_i/(e_0 + e_i).
///
/// Where propensities are known, any outcome models give scores with mean tau(x); where they are estimated, the test leans on
/// their being right, as the experiment's caveats say. Models of the two arms apart, mu_i and mu_0, would have the scores hold
/// the very errors that the effect tau = mu_i - mu_0 is judged by, with weight (1 - p) on the smaller arm's: their sums are then
/// skew, and the test reports more than it may where arms are small or of unequal size. With equal shares and two arms both give
/// the same scores but for c.
struct TestScores: Sendable {
    /// Units of the two arms among those asked for.
    let units: [Int]
    /// Scaled; arm costs shift all alike and are left out.
    let values: [Double]

    /// - Parameters:
    ///   - nuisances: of models that saw none of the units.
    init(_ experiment: Experiment, nuisances: Nuisances, arm: Int, outcome: Int, units asked: Range<Int>) {
        let observed = experiment.outcomes[outcome].observed.values
        let means = nuisances.outcomeMeans(experiment, arm: arm, outcome: outcome)
        let contrast = nuisances.scores.contrasts.column(arm: arm, outcome: outcome)
        let constant = asked.reduce(0.0) { $0 + Double(contrast[$1]) } / Double(max(1, asked.count))
        units = asked.filter { experiment.assignment[$0] == 0 || Int(experiment.assignment[$0]) == arm }
        values = units.map { unit in
            let own = experiment.propensity.of(arm: arm, unit: unit)
            let share = own / (own + experiment.propensity.of(arm: 0, unit: unit))
            let surprise = (experiment.assignment[unit] == 0 ? 0 : 1) - share
            let residual = Double(observed[unit]) - Double(means[unit]) - surprise * constant
            return constant + surprise / (share * (1 - share)) * residual
        }
    }
}
