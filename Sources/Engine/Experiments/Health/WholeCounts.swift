/// What is known of all units where only a sample of them was read: a warehouse counts and sums the rest.
package struct WholeCounts: Sendable {
    /// Units by arm.
    package let units: [Double]
    /// Tune units by arm.
    package let tuneUnits: [Double]
    package let covariates: [CovariateCounts]
    /// Of the sample, for a sentence.
    package let sampleCount: Int

    package init(units: [Double], tuneUnits: [Double], covariates: [CovariateCounts], sampleCount: Int) {
        self.units = units
        self.tuneUnits = tuneUnits
        self.covariates = covariates
        self.sampleCount = sampleCount
    }

    /// Which findings are of the sample alone.
    func note() -> HealthFinding {
        let count = HealthText.count(Int(units.reduce(0, +)), "unit")
        return HealthFinding(
            .design, .note,
            "arms, missing values and each covariate's balance were counted over \(count); everything else was looked "
                + "at in a sample of \(HealthText.count(sampleCount))",
            details: [HealthFinding.Detail("sample", Double(sampleCount))])
    }
}
