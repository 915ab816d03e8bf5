import Statistics

/// The errors of one outcome's estimated effects. Estimates that rest on one leaf of a tree share that leaf's error, and
/// each may have an error of its own (METHODS 4.1, 4.4):
///
///     error(cohort, arm) = own(cohort, arm) + loading(cohort, arm) * leafError(leaf(cohort, arm))
///
/// Own errors are independent of everything else; leaf errors have the covariance given, so that arms can share control.
package struct EffectErrors: Sendable, Equatable {
    /// Variances of the own errors, cohorts x arms.
    package let own: [Double]
    /// The leaf of each cohort and arm, nil where its estimate rests on none.
    package let leaf: [Int?]
    /// Cohorts x arms; 1 where an estimate is its leaf's.
    package let loading: [Double]
    /// Leaves x leaves, over the leaves of all arms.
    package let leafCovariance: DenseMatrix
    /// Times independent normals: the leaf errors.
    private let factor: SemidefiniteFactor

    package init(own: [Double], leaf: [Int?], loading: [Double], leafCovariance: DenseMatrix) {
        precondition(leaf.count == own.count && loading.count == own.count)
        precondition(leaf.allSatisfy { $0.map { $0 < leafCovariance.rowCount } ?? true })
        self.own = own
        self.leaf = leaf
        self.loading = loading
        self.leafCovariance = leafCovariance
        factor = SemidefiniteFactor(leafCovariance)
    }

    /// Independent errors, one for each cohort and arm.
    package init(variances: [Double]) {
        self.init(
            own: variances, leaf: variances.map { _ in nil }, loading: variances.map { _ in 0 },
            leafCovariance: DenseMatrix(rowCount: 0, columnCount: 0))
    }

    /// The variance of each estimate, cohorts x arms.
    package var variances: [Double] {
        own.indices.map { cell in
            own[cell] + (leaf[cell].map { loading[cell] * loading[cell] * leafCovariance[$0, $0] } ?? 0)
        }
    }

    /// The standard error of sum_cells weight x effect.
    /// - Complexity: O(cells + leaves²).
    package func standardError(of weights: [Double]) -> Double { variance(of: weights).value.squareRoot() }

    /// The standard error, and its gradient in the weights, which is 0 where the standard error is.
    func tangent(at weights: [Double]) -> (value: Double, gradient: [Double]) {
        let (variance, covariances) = variance(of: weights)
        guard variance > 0 else { return (0, own.map { _ in 0 }) }
        let value = variance.squareRoot()
        let gradient = own.indices.map { cell in
            (weights[cell] * own[cell] + (leaf[cell].map { loading[cell] * covariances[$0] } ?? 0)) / value
        }
        return (value, gradient)
    }

    /// The variance of the weighted sum, and its covariance with every leaf's error.
    private func variance(of weights: [Double]) -> (value: Double, leafCovariances: [Double]) {
        var variance = 0.0
        for cell in own.indices { variance += weights[cell] * weights[cell] * own[cell] }
        guard leafCovariance.rowCount > 0 else { return (variance, []) }
        var sums = [Double](repeating: 0, count: leafCovariance.rowCount)
        for cell in own.indices {
            if let leaf = leaf[cell] { sums[leaf] += weights[cell] * loading[cell] }
        }
        let covariances = leafCovariance * sums
        for (sum, covariance) in zip(sums, covariances) { variance += sum * covariance }
        return (max(0, variance), covariances)
    }

    /// Adds one draw of the errors to `values`, cohorts x arms.
    func add(to values: inout [Double], stream: inout RandomStream) {
        let leafErrors = factor.matrix * (0..<factor.rank).map { _ in stream.normal() }
        for cell in own.indices {
            if own[cell] > 0 { values[cell] += own[cell].squareRoot() * stream.normal() }
            if let leaf = leaf[cell] { values[cell] += loading[cell] * leafErrors[leaf] }
        }
    }

    /// What is wrong with the numbers, if anything is.
    var problem: String? {
        guard own.allSatisfy({ $0 >= 0 && $0.isFinite }), loading.allSatisfy(\.isFinite),
            leafCovariance.values.allSatisfy(\.isFinite),
            (0..<leafCovariance.rowCount).allSatisfy({ leafCovariance[$0, $0] >= 0 })
        else { return "has a variance that is negative or no number" }
        return nil
    }
}
