import Experiments

/// Effects of every arm against control on every outcome, unit by unit, each by the model of the unit's own fold.
///
/// One Float32 column per (arm, outcome), arm 1..<arms, at `(arm - 1) * outcomes + outcome`, in units of the outcome's
/// scale (`ScaledColumn.scale`) and gross of arm costs.
package struct EffectEstimates: Sendable {
    package let armCount: Int
    package let outcomeCount: Int
    package let columns: [[Float]]

    package init(armCount: Int, outcomeCount: Int, columns: [[Float]]) {
        precondition(columns.count == (armCount - 1) * outcomeCount)
        self.armCount = armCount
        self.outcomeCount = outcomeCount
        self.columns = columns
    }

    package func column(arm: Int, outcome: Int) -> [Float] { columns[(arm - 1) * outcomeCount + outcome] }
}

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
