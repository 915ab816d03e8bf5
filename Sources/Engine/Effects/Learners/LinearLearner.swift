import Experiments

/// Double machine learning as a learner: the linear projection of the effect on the features, with standard errors.
package struct LinearLearner: ContrastLearner {
    package init() {}

    package var capabilities: LearnerCapabilities { LearnerCapabilities(intervals: true, nestedOutcomeModels: true) }

    func models(_ training: ContrastTraining) throws -> [EffectModel] {
        let rows = training.bothArms
        let features = training.features(rows)
        let residuals = ContrastResiduals(training, rows: rows)
        let basis = LinearBasis(
            features: features, width: training.width, skipping: training.nuisances.models.encoding.categories,
            factors: residuals.treatment)
        let fallback = training.meanDifferences()
        return training.outcomes.map { outcome in
            LinearEffect.fit(
                basis, features: features, width: training.width, treatment: residuals.treatment,
                outcome: residuals.outcome[outcome]
            ).map(EffectModel.linear) ?? fallback[outcome]
        }
    }
}
