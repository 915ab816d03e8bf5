import Statistics

/// The effects of one arm on one outcome in the leaves of its tree: differences of means over all units of a leaf.
struct LeafEffects {
    let arm: Int
    let outcome: Int
    /// The cohorts of every leaf.
    let cohorts: [[Int]]
    let effects: [Double]
    let variances: [Double]
    /// Control's sum of weights in every leaf.
    let controlWeights: [Double]

    init(_ sums: CohortSums, cohorts: [[Int]], outcome: Int, arm: Int) {
        self.arm = arm
        self.outcome = outcome
        self.cohorts = cohorts
        let population = (0..<sums.cohortCount)
        let all = (
            treated: sums.pooled(outcome: outcome, arm: arm, cohorts: population),
            control: sums.pooled(outcome: outcome, arm: 0, cohorts: population)
        )
        let cells = cohorts.map { members in
            let treated = sums.pooled(outcome: outcome, arm: arm, cohorts: members)
            let control = sums.pooled(outcome: outcome, arm: 0, cohorts: members)
            return treated.weight > 0 && control.weight > 0 ? (treated: treated, control: control) : all
        }
        effects = cells.map { $0.treated.mean - $0.control.mean }
        variances = cells.map { $0.treated.variance + $0.control.variance }
        controlWeights = cells.map(\.control.weight)
    }

    /// The covariance of the leaves' errors over all arms: leaves of different arms share the control units in both,
    /// S²_0 n_0(both) / (n_0 n_0') (METHODS 4.4), with S²_0 the variance of control inside the cohorts in both.
    static func covariance(of trees: [LeafEffects], _ sums: CohortSums, outcome: Int) -> DenseMatrix {
        let leaves = trees.flatMap { tree in tree.cohorts.indices.map { (tree: tree, leaf: $0) } }
        var covariance = DenseMatrix(rowCount: leaves.count, columnCount: leaves.count)
        for (i, a) in leaves.enumerated() {
            covariance[i, i] = a.tree.variances[a.leaf]
            let members = Set(a.tree.cohorts[a.leaf])
            for (j, b) in leaves.enumerated().dropFirst(i + 1) where a.tree.arm != b.tree.arm {
                let shared = b.tree.cohorts[b.leaf].filter { members.contains($0) }
                guard !shared.isEmpty else { continue }
                let cells = shared.map { sums.cell(outcome: outcome, cohort: $0, arm: 0) }
                let freedom = cells.reduce(0) { $0 + $1.degreesOfFreedom }
                guard freedom > 0 else { continue }
                let variance = cells.reduce(0) { $0 + $1.deviations } / freedom
                let both = cells.reduce(0) { $0 + $1.squaredWeight }
                let value = variance * both / (a.tree.controlWeights[a.leaf] * b.tree.controlWeights[b.leaf])
                covariance[i, j] = value
                covariance[j, i] = value
            }
        }
        return covariance
    }
}
