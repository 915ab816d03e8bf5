import Effects

extension PolicyKnobs {
    /// The shrinkage at which an outcome without detectable heterogeneity starts: nearly everybody's average effect.
    ///
    /// Not 1, where the weight of the first outcome would vanish and with it every difference between units.
    package static let undetectedShrinkage = 0.95

    /// Where tuning starts once learners were judged: as `start(in:)`, but alpha is near 1 for outcomes on which no arm's effect
    /// was found to differ between units (METHODS section 1). Without a report it is `start(in:)`.
    package static func start(in space: PolicySpace, judgedBy report: ModelReport?) -> PolicyKnobs {
        var knobs = start(in: space)
        for (j, outcome) in space.outcomes.enumerated() where report?.isDetected(outcome: outcome.name) == false {
            knobs.shrinkage[j] = undetectedShrinkage
        }
        return knobs
    }
}
