import Statistics

/// What stands behind the representation: A_j of every outcome and e of every task (S2 section 4).
package struct LowRankHead: Sendable, Equatable {
    /// d x d, one per outcome of the pool.
    package var transforms: [DenseMatrix]
    /// Of length d, one per task (an arm of an experiment).
    package var arms: [[Double]]

    package init(transforms: [DenseMatrix], arms: [[Double]]) {
        self.transforms = transforms
        self.arms = arms
    }

    /// A_j e of a task: what v(x) is multiplied with.
    package func coefficients(task: Int, outcome: Int) -> [Double] { transforms[outcome] * arms[task] }
}
