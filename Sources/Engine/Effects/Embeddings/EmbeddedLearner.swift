import Experiments
import Runtime
import Statistics

/// Linear T-learners on a representation that stays as it is (S2 section 6): an arm's effect is the difference of two linear
/// models of v(x), with intervals.
///
/// Where linear models of the inputs themselves predict the outcomes of units that they have not seen better than those of v(x),
/// the representation is of no use here and the inputs take its place (`EmbeddingChoice`).
package struct EmbeddedLearner: Learner {
    private let embedding: Embedding

    package init(_ embedding: Embedding) { self.embedding = embedding }

    package var capabilities: LearnerCapabilities { LearnerCapabilities(intervals: true) }

    package func effects(_ data: TrainingData, nuisances: Nuisances, context: RunContext) throws -> LearnedEffects {
        let choice = try EmbeddingChoice(embedding.binding(to: data.covariates), data, context: context)
        let own = choice.chosen
        let models = try ContrastModels.fit(data, nuisances: nuisances, context: context) { training in
            let fallback = training.meanDifferences()
            let control = own.values(data.columns, rows: training.control)
            let treated = own.values(data.columns, rows: training.treated)
            return training.outcomes.map { outcome in
                let observed = training.observed(outcome)
                func fit(_ features: [Float], _ rows: [Int]) -> ArmRegression? {
                    ArmRegression(
                        features: features, width: own.dimension, outcome: rows.map { Double(observed[$0]) },
                        ridge: choice.ridge)
                }
                guard let base = fit(control, training.control), let arm = fit(treated, training.treated) else {
                    return fallback[outcome]
                }
                return .linear(LinearEffect(arm, minus: base))
            }
        }
        return try LearnedEffects(models.reading(own), data: data, intervals: true, context: context)
    }
}

extension LinearEffect {
    /// The difference of two models on separate units.
    fileprivate init(_ arm: ArmRegression, minus base: ArmRegression) {
        let differences = zip(arm.coefficients, base.coefficients).map { $0 - $1 }
        self.init(
            intercept: differences[0],
            terms: differences.dropFirst().enumerated().map { Term(feature: $0, centre: 0, coefficient: $1) },
            covariance: zip(arm.covariance.values, base.covariance.values).map { $0 + $1 })
    }
}
