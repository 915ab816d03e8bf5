/// How much of its own estimate every cohort of a leaf keeps: d² / (d² + v), with v its error variance and d² the variance
/// between the cohorts of the leaf beyond error (DerSimonian & Laird 1986; METHODS 4.1).
struct LeafShrinkage {
    /// In the order of the leaf's cohorts; nil without own units in the arm or in control.
    let estimates: [(effect: Double, variance: Double)?]
    /// 0 where there is no estimate.
    let kept: [Double]

    init(_ sums: CohortSums, _ tree: LeafEffects, leaf: Int) {
        let outcome = tree.outcome
        let cells = tree.cohorts[leaf].map { cohort in
            (
                treated: sums.cell(outcome: outcome, cohort: cohort, arm: tree.arm),
                control: sums.cell(outcome: outcome, cohort: cohort, arm: 0)
            )
        }
        // The leaf's variance of the outcome, around the means of its cohorts and arms.
        let freedom = cells.reduce(0) { $0 + $1.treated.degreesOfFreedom + $1.control.degreesOfFreedom }
        let deviations = cells.reduce(0) { $0 + $1.treated.deviations + $1.control.deviations }
        let variance = freedom > 0 ? deviations / freedom : 0
        let estimates = cells.map { cell -> (effect: Double, variance: Double)? in
            guard cell.treated.weight > 0, cell.control.weight > 0, variance > 0 else { return nil }
            return (
                cell.treated.mean - cell.control.mean,
                variance * (1 / cell.treated.effectiveCount + 1 / cell.control.effectiveCount)
            )
        }
        let between = Self.between(estimates.compactMap { $0 })
        self.estimates = estimates
        kept = estimates.map { estimate in estimate.map { between / (between + $0.variance) } ?? 0 }
    }

    /// max(0, (Q - (k - 1)) / (sum 1/v - sum v⁻² / sum v⁻¹)), Q about the precision-weighted mean.
    private static func between(_ estimates: [(effect: Double, variance: Double)]) -> Double {
        let precision = estimates.reduce(0) { $0 + 1 / $1.variance }
        let squared = estimates.reduce(0) { $0 + 1 / ($1.variance * $1.variance) }
        guard estimates.count > 1 else { return 0 }
        let mean = estimates.reduce(0) { $0 + $1.effect / $1.variance } / precision
        let q = estimates.reduce(0) { $0 + ($1.effect - mean) * ($1.effect - mean) / $1.variance }
        return max(0, (q - Double(estimates.count - 1)) / (precision - squared / precision))
    }
}
