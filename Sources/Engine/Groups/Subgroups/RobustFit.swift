/// A least-squares fit with what tests of its coefficients need.
struct RobustFit: Sendable {
    let coefficients: [Double]
    /// Regressors that stayed.
    let kept: [Int]
    /// Weighted sum of squared residuals; 0 where what is left of the response is below what Float32 storage resolves.
    let residualSum: Double
    let count: Double
    /// That the coefficients asked about are all 0, by robust covariance (HC3); nil where there is nothing to test against.
    let test: FTest?

    var residualFreedom: Double { count - Double(kept.count) }

    /// What is left of a response, or 0 where it is nothing but rounding.
    static func resolved(_ residualSum: Double, of responseSum: Double) -> Double {
        residualSum > 1e-12 * responseSum ? residualSum : 0
    }

    /// What of a unit's own residual is left by a fit that it took part in, never quite nothing.
    static func slack(leverage: Double) -> Double { max(1e-6, 1 - leverage) }
}
