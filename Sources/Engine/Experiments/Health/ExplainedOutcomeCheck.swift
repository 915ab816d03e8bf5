import Texts

/// Whether a covariate says almost all about an outcome in every arm, as only a part of that outcome can.
enum ExplainedOutcomeCheck {
    /// A share of the variance past which a covariate is taken for a part of the outcome.
    private static let blocking = 0.98

    static func examine(_ experiment: Experiment) -> [HealthFinding] {
        experiment.covariates.compactMap { covariate in
            let explained = experiment.outcomes.map {
                ExplainedShare.of(
                    $0.observed.values, by: covariate, arms: experiment.assignment, units: experiment.tune)
            }
            guard let best = explained.indices.max(by: { explained[$0] < explained[$1] }), explained[best] >= blocking
            else { return nil }
            return HealthFinding(
                .afterExposure, .blocking,
                "the covariate \(DisplayText.quoted(covariate.name)) explains \(HealthText.percent(explained[best])) of the "
                    + "outcome \(DisplayText.quoted(experiment.outcomes[best].name)) within each arm, so it is probably a part of "
                    + "it, measured after exposure",
                remedy: "remove it from covariates, or take its value from before exposure",
                details: [HealthFinding.Detail("explained share", explained[best])], subject: covariate.name)
        }
    }
}
