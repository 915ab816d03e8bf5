import Experiments

/// Effects of every arm against control on every outcome, unit by unit, each by the model of the unit's own fold.
///
/// One Float32 column per contrast, by `ContrastIndex.position`, in units of the outcome's scale
/// (`ScaledColumn.scale`) and gross of arm costs.
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

    package func column(arm: Int, outcome: Int) -> [Float] { column(ContrastIndex(arm: arm, outcome: outcome)) }

    package func column(_ contrast: ContrastIndex) -> [Float] {
        columns[contrast.position(outcomeCount: outcomeCount)]
    }
}
