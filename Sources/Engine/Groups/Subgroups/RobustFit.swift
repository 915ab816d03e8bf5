import Statistics

/// A least-squares fit with what tests of its coefficients need: robust covariance (HC1) and residual sum.
struct RobustFit: Sendable {
    let coefficients: [Double]
    /// Robust, by regressor; 0 in rows of regressors that depend on others.
    let covariance: [[Double]]
    /// Regressors that stayed.
    let kept: [Int]
    /// Weighted sum of squared residuals; 0 where what is left of the response is below what Float32 storage resolves.
    let residualSum: Double
    let count: Double

    var residualFreedom: Double { count - Double(kept.count) }

    /// The robust Wald test that the coefficients are all 0, as an F; nil where there is nothing to test against.
    func test(_ regressors: Range<Int>) -> FTest? {
        let tested = kept.filter(regressors.contains)
        guard !tested.isEmpty, residualFreedom > 0, residualSum > 0 else { return nil }
        let block = ReducedCholesky(tested.map { i in tested.map { covariance[i][$0] } })
        guard block.rank == tested.count else { return nil }
        let f = block.quadraticForm(tested.map { coefficients[$0] }) / Double(tested.count)
        return FTest(
            f: f, numerator: tested.count, denominator: residualFreedom,
            p: FisherF.survival(f, numerator: Double(tested.count), denominator: residualFreedom))
    }

    /// What is left of a response, or 0 where it is nothing but rounding.
    static func resolved(_ residualSum: Double, of responseSum: Double) -> Double {
        residualSum > 1e-12 * responseSum ? residualSum : 0
    }
}
