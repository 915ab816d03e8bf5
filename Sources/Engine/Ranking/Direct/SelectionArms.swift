import Statistics

/// Units apart by arm, as the sums of direct ranking read them: control first, then the treated.
package struct SelectionArms: Sendable {
    /// n x p of each arm, column-major.
    package let features: [DenseMatrix]
    /// Of each arm, one column per outcome, one after the other.
    let outcomes: [[Double]]
    /// 1 / P(T = own arm given x) of each arm; nil where it does not vary.
    let weights: [[Double]?]
    package let outcomeCount: Int

    /// - Parameter outcomes: by outcome, one per unit.
    package init(features: DenseMatrix, treated: [Bool], propensity: [Double]? = nil, outcomes: [[Double]]) {
        let arms = [false, true].map { arm in treated.indices.filter { treated[$0] == arm } }
        self.features = arms.map { features.rows($0) }
        self.outcomes = arms.map { rows in outcomes.flatMap { outcome in rows.map { outcome[$0] } } }
        weights = zip(arms, [false, true]).map { rows, arm in
            guard let propensity, let first = rows.first, rows.contains(where: { propensity[$0] != propensity[first] })
            else { return nil }
            return rows.map { 1 / (arm ? propensity[$0] : 1 - propensity[$0]) }
        }
        outcomeCount = outcomes.count
    }
}
