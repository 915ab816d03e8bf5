extension Experiment {
    /// What every output must repeat beside its numbers: what was accepted, estimated or pulled in, a sentence each without
    /// its full stop.
    package var caveats: [String] {
        (spec.treatment.assignment.isRandomised ? [] : [observational]) + (otherArms.isEmpty ? [] : [others])
            + (spec.accept ?? []).map(\.sentence)
            + outcomes.compactMap { outcome in
                outcome.winsorizing.map { winsorizing in
                    "\(outcome.name) is winsorised at its \(winsorizing.quantile) quantile: values outside "
                        + "\(HealthText.significant(winsorizing.low)) to \(HealthText.significant(winsorizing.high)) count as "
                        + "these (\(HealthText.count(winsorizing.clippedCount, "unit")))"
                }
            }
    }

    private var others: String {
        let count = otherArms.reduce(0) { $0 + $1.count }
        return "\(HealthText.count(count, "unit")) of other arms (\(HealthText.names(otherArms.map(\.name)))) "
            + "\(count == 1 ? "is" : "are") left out"
    }

    private var observational: String {
        "the arms were not randomised: propensities are estimated from \(HealthText.count(covariates.count, "covariate")), and "
            + "effects are causal only if these hold every common cause of arm and outcome"
            + (trimmedCount > 0
                ? "; \(HealthText.count(trimmedCount, "unit")) without overlap \(trimmedCount == 1 ? "is" : "are") left out"
                : "")
    }
}
