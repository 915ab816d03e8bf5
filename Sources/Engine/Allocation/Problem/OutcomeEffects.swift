/// What every arm does to one outcome in every cohort, against control.
package struct OutcomeEffects: Sendable, Equatable {
    package let name: String
    /// Mean effects in the outcome's own unit, cohorts x arms, cohort after cohort.
    package let means: [Double]
    /// How far the means may be off; nil where nobody knows, which the stochastic and the chance-constrained method need.
    package let errors: EffectErrors?

    package init(name: String, means: [Double], errors: EffectErrors? = nil) {
        self.name = name
        self.means = means
        self.errors = errors
    }
}
