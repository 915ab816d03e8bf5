import Experiments

/// The doubly robust scores in the form that needs least memory (METHODS section 1), scaled and gross of arm costs:
/// Gamma_0j = control_j + [T = 0] residual_j, and Gamma_ij - Gamma_0j = contrast_ij + ([T = i] - [T = 0]) residual_j,
/// with residual_j = (Y_j - mu_Tj(x)) / e_T and contrast_ij = mu_ij(x) - mu_0j(x).
package struct ScoreTable: Sendable {
    /// mu_0j(x), one column per outcome.
    package let control: [[Float]]
    package let contrasts: EffectEstimates
    /// One column per outcome.
    package let residuals: [[Float]]

    package init(control: [[Float]], contrasts: EffectEstimates, residuals: [[Float]]) {
        self.control = control
        self.contrasts = contrasts
        self.residuals = residuals
    }
}

extension ScoreTable {
    /// The scores from predictions mu at arm * outcomes + outcome (scaled and gross).
    package init(_ data: TrainingData, predictions: [[Float]], contrasts: EffectEstimates) {
        let outcomes = data.outcomeCount
        let propensity = data.propensity.observed(data.assignment)
        let residuals = data.outcomes.enumerated().map { j, outcome in
            let observed = outcome.values
            return data.assignment.indices.map { unit -> Float in
                let mu = predictions[Int(data.assignment[unit]) * outcomes + j][unit]
                return (observed[unit] - mu) / propensity[unit]
            }
        }
        self.init(control: Array(predictions[0..<outcomes]), contrasts: contrasts, residuals: residuals)
    }
}
