import Experiments

extension Experiment {
    /// The same experiment with another column of its first outcome, and other parts replaced.
    func replacing(
        outcome column: ScaledColumn, covariates: [Covariate]? = nil, assignment: [UInt8]? = nil
    ) -> Experiment {
        replacing(
            outcomes: outcomes.enumerated().map { index, outcome in
                Outcome(
                    name: outcome.name, direction: outcome.direction, threshold: outcome.threshold,
                    armCosts: outcome.armCosts, observed: index == 0 ? column : outcome.observed)
            }, covariates: covariates, assignment: assignment)
    }
}
