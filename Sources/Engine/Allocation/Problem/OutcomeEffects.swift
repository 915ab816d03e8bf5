import Statistics

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

    /// The same effects with variances so many times larger.
    package func inflated(by factor: Double) -> OutcomeEffects {
        guard let errors else { return self }
        let covariance = DenseMatrix(
            rowCount: errors.leafCovariance.rowCount, columnCount: errors.leafCovariance.columnCount
        ) { factor * errors.leafCovariance[$0, $1] }
        return OutcomeEffects(
            name: name, means: means,
            errors: EffectErrors(
                own: errors.own.map { factor * $0 }, leaf: errors.leaf, loading: errors.loading,
                leafCovariance: covariance))
    }
}
