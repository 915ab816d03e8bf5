import Experiments
import Runtime

/// Effects computed elsewhere, taken as they are: nothing is trained.
package struct SuppliedEffects: Learner {
    package init() {}

    package var capabilities: LearnerCapabilities {
        LearnerCapabilities(columns: .suppliedEffects, outcomeModels: false)
    }

    package func effects(_ data: TrainingData, nuisances: Nuisances, context: RunContext) -> LearnedEffects {
        LearnedEffects(
            models: nil,
            estimates: EffectEstimates(
                armCount: data.armCount, outcomeCount: data.outcomeCount,
                columns: zip(data.contrasts, data.suppliedEffects).map { contrast, column in
                    Self.scaled(column, by: data.outcomes[contrast.outcome].scale)
                }))
    }

    /// Effects in units of an outcome's scale: the one way they are scaled, for fitting and for scoring new units.
    package static func scaled(_ column: ScaledColumn, by scale: Double) -> [Float] {
        column.values.indices.map { Float(column.value($0) / scale) }
    }
}
