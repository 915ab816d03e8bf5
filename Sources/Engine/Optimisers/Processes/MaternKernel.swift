import Foundation

/// The Matern covariance of smoothness 5/2 with a length scale for each dimension (automatic relevance determination).
package struct MaternKernel: Sendable, Equatable, Codable {
    /// One per dimension, above 0.
    package let lengthScales: [Double]
    /// Variance of the function.
    package let amplitude: Double

    package init(lengthScales: [Double], amplitude: Double) {
        self.lengthScales = lengthScales
        self.amplitude = amplitude
    }

    private static let root = 5.0.squareRoot()

    /// amplitude (1 + √5 r + 5 r²/3) exp(-√5 r), r² = sum ((x_k - y_k) / l_k)².
    package func callAsFunction(_ x: [Double], _ y: [Double]) -> Double {
        var squares = 0.0
        for (k, scale) in lengthScales.enumerated() {
            let gap = (x[k] - y[k]) / scale
            squares += gap * gap
        }
        return amplitude * Self.shape(squares).correlation
    }

    /// Of a scaled squared distance: the correlation, and (5/3)(1 + √5 r) exp(-√5 r), which times ((x_k - y_k) / l_k)² is
    /// its derivative by log l_k.
    static func shape(_ squares: Double) -> (correlation: Double, slope: Double) {
        let reach = root * squares.squareRoot()
        let decay = exp(-reach)
        let slope = 5 / 3 * (1 + reach) * decay
        return ((1 + reach + 5 / 3 * squares) * decay, slope)
    }
}
