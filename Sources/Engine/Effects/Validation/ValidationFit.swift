import Experiments
import Runtime

/// One learner fitted by fold: its effects, and its outcome predictions where it makes any.
struct ValidationFit: Sendable {
    let learner: LearnerSpec
    let estimates: EffectEstimates
    /// Beside `estimates`, where the learner has them.
    let standardErrors: EffectEstimates?
    /// mu_ij(x) at arm * outcomes + outcome, scaled; nil for learners of effects alone.
    let predictions: [[Float]]?

    init(_ experiment: Experiment, learner: LearnerSpec, nuisances: Nuisances, context: RunContext) throws {
        let fit = try EffectsFit.run(experiment, learner: learner, nuisances: nuisances, context: context)
        self.learner = learner
        estimates = fit.estimates
        standardErrors = fit.standardErrors
        predictions =
            if learner == .t {
                nuisances.predictions
            } else if case .outcomes(let models)? = fit.models {
                try models.predict(experiment.covariates.map(\.values), folds: nuisances.folds, context: context)
            } else { nil }
    }

    /// Mean (Y - mu_T(x))^2 over units, scaled.
    func muRisk(_ experiment: Experiment, outcome: Int, units: [Int]) -> Double? {
        guard let predictions else { return nil }
        let observed = experiment.outcomes[outcome].observed.values
        let sum = units.reduce(0.0) { sum, unit in
            let cell = Int(experiment.assignment[unit]) * experiment.outcomes.count + outcome
            let error = Double(observed[unit] - predictions[cell][unit])
            return sum + error * error
        }
        return sum / Double(max(1, units.count))
    }
}
