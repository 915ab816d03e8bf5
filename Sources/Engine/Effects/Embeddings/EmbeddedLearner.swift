import Experiments
import Runtime
import Statistics

/// Linear effects of a representation that stays as it is (S2 section 6), with intervals: by default an arm's effect is the
/// difference of two linear models of v(x).
///
/// Where linear models of the inputs themselves predict the outcomes of units that they have not seen better than those of v(x),
/// the representation is of no use here and the inputs take its place (`EmbeddingChoice`).
package struct EmbeddedLearner: Learner {
    /// How a linear effect of v(x) is fitted. The X-learner is not among them: where all models are linear in the same values, the
    /// effects it imputes have the very difference of the two models as their own.
    package enum Base: Sendable {
        /// The difference of a model of the treated and one of control.
        case t
        /// Residuals on residuals.
        case r
        /// Doubly robust scores.
        case dr
    }

    private let embedding: Embedding
    private let base: Base

    package init(_ embedding: Embedding, base: Base = .t) {
        self.embedding = embedding
        self.base = base
    }

    package var capabilities: LearnerCapabilities {
        LearnerCapabilities(intervals: true, nestedOutcomeModels: base != .t)
    }

    package func effects(_ data: TrainingData, nuisances: Nuisances, context: RunContext) throws -> LearnedEffects {
        let choice = try EmbeddingChoice(embedding.binding(to: data.covariates), data, context: context)
        let models = try ContrastModels.fit(data, nuisances: nuisances, context: context) { training in
            let fallback = training.meanDifferences()
            let effects = base == .r ? Self.residual(training, choice) : Self.regressed(training, choice, base)
            return zip(effects, fallback).map { $0.map(EffectModel.linear) ?? $1 }
        }
        return try LearnedEffects(models.reading(choice.chosen), data: data, context: context)
    }

    /// By outcome, from regressions on v(x): of either arm's outcomes, or of scores; nil where they cannot be fitted.
    private static func regressed(
        _ training: ContrastTraining, _ choice: EmbeddingChoice, _ base: Base
    ) -> [LinearEffect?] {
        let (own, columns) = (choice.chosen, training.data.columns)
        func fit(_ features: [Float], _ values: [Double]) -> ArmRegression? {
            ArmRegression(features: features, width: own.dimension, outcome: values, ridge: choice.ridge)
        }
        guard base == .t else {
            let rows = training.everyone
            let features = own.values(columns, rows: rows)
            return training.doublyRobustScores(rows).map { fit(features, $0).map { LinearEffect($0, minus: nil) } }
        }
        let control = own.values(columns, rows: training.control)
        let treated = own.values(columns, rows: training.treated)
        return training.outcomes.map { outcome in
            let observed = training.observed(outcome)
            guard let below = fit(control, training.control.map { Double(observed[$0]) }),
                let above = fit(treated, training.treated.map { Double(observed[$0]) })
            else { return nil }
            return LinearEffect(above, minus: below)
        }
    }

    /// By outcome, least squares of outcome residuals on treatment residuals times (1, v(x)).
    private static func residual(_ training: ContrastTraining, _ choice: EmbeddingChoice) -> [LinearEffect?] {
        let rows = training.bothArms
        let width = choice.chosen.dimension
        let features = choice.chosen.values(training.data.columns, rows: rows)
        let residuals = ContrastResiduals(training, rows: rows)
        let basis = LinearBasis(
            features: features, width: width, skipping: [Bool](repeating: false, count: width),
            factors: residuals.treatment)
        return residuals.outcome.map { outcome in
            LinearEffect.fit(
                basis, features: features, width: width, treatment: residuals.treatment, outcome: outcome)
        }
    }
}

extension LinearEffect {
    /// The difference of two models on separate units; the first alone without a second.
    fileprivate init(_ arm: ArmRegression, minus base: ArmRegression?) {
        let below = base?.coefficients ?? arm.coefficients.map { _ in 0 }
        let differences = zip(arm.coefficients, below).map { $0 - $1 }
        let covariance = base?.covariance.values ?? arm.covariance.values.map { _ in 0 }
        self.init(
            intercept: differences[0],
            terms: differences.dropFirst().enumerated().map { Term(feature: $0, centre: 0, coefficient: $1) },
            covariance: zip(arm.covariance.values, covariance).map { $0 + $1 })
    }
}
