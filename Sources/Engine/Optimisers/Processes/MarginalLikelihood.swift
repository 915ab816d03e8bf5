import Foundation
import Statistics

/// The log marginal likelihood of a Gaussian process with known noise, as a function of the logarithms of its length scales
/// and amplitude; the constant mean is the best one for each.
package struct MarginalLikelihood: Sendable {
    let inputs: [[Double]]
    let targets: [Double]
    /// Variance of each target's error.
    let noise: [Double]
    /// What features add to the covariance, whatever the kernel; nil without.
    private let linear: DenseMatrix?

    /// - Parameters:
    ///   - inputs: at least one.
    ///   - features: of each input that the function is linear in, as of `GaussianProcess`.
    package init(inputs: [[Double]], features: [[Double]]? = nil, targets: [Double], noise: [Double]) {
        precondition(inputs.count == targets.count && noise.count == targets.count && !inputs.isEmpty)
        self.inputs = inputs
        self.targets = targets
        self.noise = noise
        linear = features.map { features in
            DenseMatrix(rowCount: inputs.count, columnCount: inputs.count) { i, j in
                zip(features[i], features[j]).reduce(0) { $0 + $1.0 * $1.1 }
            }
        }
    }

    package var dimensions: Int { inputs[0].count }

    /// The kernel of some logarithms: length scales, then amplitude.
    package static func kernel(_ logarithms: [Double]) -> MaternKernel {
        MaternKernel(
            lengthScales: logarithms.dropLast().map { exp($0) }, amplitude: exp(logarithms[logarithms.count - 1]))
    }

    /// Value and gradient; nil where the covariance is not positive definite to working precision.
    ///
    /// The mean depends on the kernel too, but as the best one it adds nothing to the gradient.
    /// - Complexity: O(n³ + d n²).
    package func callAsFunction(_ logarithms: [Double]) -> (value: Double, gradient: [Double])? {
        let kernel = Self.kernel(logarithms)
        let n = inputs.count
        let width = dimensions
        let scaled = inputs.flatMap { input in zip(input, kernel.lengthScales).map { $0 / $1 } }
        var covariance = [Double](repeating: 0, count: n * n)
        var slopes = [Double](repeating: 0, count: n * n)
        for i in 0..<n {
            covariance[i * n + i] = kernel.amplitude + noise[i]
            for j in 0..<i {
                var squares = 0.0
                for k in 0..<width {
                    let gap = scaled[i * width + k] - scaled[j * width + k]
                    squares += gap * gap
                }
                let shape = MaternKernel.shape(squares)
                covariance[j * n + i] = kernel.amplitude * shape.correlation
                covariance[i * n + j] = covariance[j * n + i]
                slopes[j * n + i] = kernel.amplitude * shape.slope
            }
        }
        // The kernel's own covariances are kept for the gradient.
        let whole = linear.map { zip(covariance, $0.values).map { $0 + $1 } } ?? covariance
        guard let cholesky = Cholesky(DenseMatrix(rowCount: n, columnCount: n, values: whole)) else { return nil }
        let fit = ConstantMean(cholesky, targets)
        let inverse = cholesky.inverse.values
        let quadratic = zip(fit.residuals, fit.weights).reduce(0) { $0 + $1.0 * $1.1 }
        let value = -0.5 * (quadratic + cholesky.logDeterminant + Double(n) * log(2 * Double.pi))
        // Half the trace of (weights weights' - inverse) times the derivative of the covariance.
        var gradient = [Double](repeating: 0, count: width + 1)
        for i in 0..<n {
            let own = fit.weights[i] * fit.weights[i] - inverse[i * n + i]
            gradient[width] += 0.5 * own * kernel.amplitude
            for j in 0..<i {
                let factor = fit.weights[i] * fit.weights[j] - inverse[j * n + i]
                gradient[width] += factor * covariance[j * n + i]
                let slope = factor * slopes[j * n + i]
                for k in 0..<width {
                    let gap = scaled[i * width + k] - scaled[j * width + k]
                    gradient[k] += slope * gap * gap
                }
            }
        }
        return (value, gradient)
    }
}

/// The generalised least squares mean of targets, what is left of them, and that times the inverse covariance.
struct ConstantMean {
    let mean: Double
    let residuals: [Double]
    let weights: [Double]

    init(_ cholesky: Cholesky, _ targets: [Double]) {
        let pull = cholesky.solve([Double](repeating: 1, count: targets.count))
        let best = zip(pull, targets).reduce(0) { $0 + $1.0 * $1.1 } / pull.reduce(0, +)
        mean = best
        residuals = targets.map { $0 - best }
        weights = cholesky.solve(residuals)
    }
}
