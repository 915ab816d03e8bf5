import Experiments

/// The X-learner (Künzel et al. 2019): D1 = Y - mu_0(x) on the arm's units and D0 = mu_i(x) - Y on control's, a model of
/// each, blended as tau = p tau_0 + (1 - p) tau_1 with p = e_i/(e_0 + e_i).
///
/// Neither mu has seen the units whose effects it imputes: they are of the other arm.
package struct XLearner: ContrastLearner, SearchableLearner {
    private let effectModels: BoostingSpec?

    package init(effectModels: BoostingSpec? = nil) { self.effectModels = effectModels }

    package var capabilities: LearnerCapabilities { LearnerCapabilities() }
    package var searchSpace: BoostingSpace { BoostingSpace(part: .effectModels, isForest: false) }

    package func setting(_ boosting: BoostingSpec) -> XLearner { XLearner(effectModels: boosting) }

    func models(_ training: ContrastTraining) throws -> [EffectModel] {
        let models = training.nuisances.models
        let (control, treated) = (training.control, training.treated)
        let (controlFeatures, treatedFeatures) = (training.features(control), training.features(treated))
        let share = try ContrastPropensityModel.fit(training)
        return try training.outcomes.map { outcome in
            let observed = training.observed(outcome)
            func mu(_ arm: Int, _ features: [Float], _ rows: [Int]) -> [Float] {
                models.models[(training.fold * models.armCount + arm) * models.outcomeCount + outcome]?.predict(
                    features: features, width: training.width, rows: rows.count) ?? []
            }
            let imputedTreated = zip(treated, mu(0, treatedFeatures, treated)).map { observed[$0] - $1 }
            let imputedControl = zip(control, mu(training.arm, controlFeatures, control)).map { $1 - observed[$0] }
            return .blend(
                BlendedEffect(
                    control: try training.effectModel(
                        training.set(controlFeatures, labels: imputedControl),
                        rows: control, settings: effectModels),
                    treated: try training.effectModel(
                        training.set(treatedFeatures, labels: imputedTreated),
                        rows: treated, settings: effectModels),
                    share: share))
        }
    }
}
