import Experiments

/// An X-learner fitted on one honest half of the units, with the scores it implies for the other.
struct HalfLearner {
    private let training: ContrastTraining
    /// mu_0 and mu_i by outcome.
    private var outcomeModels: [(control: BoostedModel, treated: BoostedModel)] = []
    private var blends: [BlendedEffect] = []

    init(
        _ training: ContrastTraining, growing: ContrastTraining.Half, outcomeModels outcomeSpec: BoostingSpec?,
        effectModels effectSpec: BoostingSpec?
    ) throws {
        self.training = training
        let width = training.width
        let (control, treated) = (growing.control, growing.treated)
        let (controlFeatures, treatedFeatures) = (training.features(control), training.features(treated))
        let share = try ContrastPropensityModel.fit(training)
        for outcome in training.outcomes {
            let observed = training.observed(outcome)
            func outcomeModel(_ rows: [Int], _ features: [Float]) throws -> BoostedModel {
                let settings = BoostingSettings.standard(trainingUnits: rows.count).overridden(by: outcomeSpec)
                return try BoostedModel.train(
                    training.set(features, labels: rows.map { observed[$0] }),
                    held: settings.patience > 0 ? EarlyStopping.held(rows, of: training.data) : nil,
                    settings: settings, cancellation: training.cancellation)
            }
            let models = (
                control: try outcomeModel(control, controlFeatures), treated: try outcomeModel(treated, treatedFeatures)
            )
            let expected = models.control.predict(features: treatedFeatures, width: width, rows: treated.count)
            let imputedTreated = zip(treated, expected).map { observed[$0] - $1 }
            let reached = models.treated.predict(features: controlFeatures, width: width, rows: control.count)
            let imputedControl = zip(control, reached).map { $1 - observed[$0] }
            outcomeModels.append(models)
            blends.append(
                BlendedEffect(
                    control: try training.effectModel(
                        training.set(controlFeatures, labels: imputedControl), rows: control,
                        settings: effectSpec),
                    treated: try training.effectModel(
                        training.set(treatedFeatures, labels: imputedTreated), rows: treated,
                        settings: effectSpec),
                    share: share))
        }
    }

    /// tau of rows of features.
    func effects(_ outcome: Int, features: [Float], count: Int) -> [Float] {
        blends[outcome].predict(features: features, width: training.width, count: count)
    }

    /// Gamma_i - Gamma_0 of units whose outcomes the models have not seen.
    func scores(_ outcome: Int, units: [Int]) -> [ScoreParts] {
        let features = training.features(units)
        let models = outcomeModels[outcome]
        let base = models.control.predict(features: features, width: training.width, rows: units.count)
        let own = models.treated.predict(features: features, width: training.width, rows: units.count)
        return units.indices.map { training.parts(units[$0], outcome, control: base[$0], treated: own[$0]) }
    }
}
