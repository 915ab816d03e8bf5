import Foundation
import Statistics

/// A Gaussian process given observations with known noise: what it holds of the function anywhere.
package struct GaussianProcess: Sendable {
    package let kernel: MaternKernel
    package let inputs: [[Double]]
    /// Features of each input that the function is linear in beside, each slope with a standard normal prior; nil without.
    package let features: [[Double]]?
    /// The constant mean, by generalised least squares.
    package let mean: Double
    /// Inverse covariance times residuals: the pull of each input on the posterior mean.
    let weights: [Double]
    /// Inverse covariance of the observations.
    let inverse: DenseMatrix

    /// - Parameters:
    ///   - targets, noise: values and the variances of their errors, one per input.
    ///   - features: of each input; their products add to the kernel. They need not be functions of the inputs.
    ///   - mean: nil takes the best constant.
    /// - Returns: nil where the covariance is not positive definite to working precision: repeated inputs without noise.
    package init?(
        kernel: MaternKernel, inputs: [[Double]], features: [[Double]]? = nil, targets: [Double], noise: [Double],
        mean: Double? = nil
    ) {
        precondition(features.map { $0.count == inputs.count } ?? true)
        precondition(inputs.count == targets.count && noise.count == targets.count && !inputs.isEmpty)
        let n = inputs.count
        let covariance = DenseMatrix(rowCount: n, columnCount: n) { i, j in
            kernel(inputs[i], inputs[j]) + (features.map { dot($0[i], $0[j]) } ?? 0) + (i == j ? noise[i] : 0)
        }
        guard let cholesky = Cholesky(covariance) else { return nil }
        self.kernel = kernel
        self.inputs = inputs
        self.features = features
        inverse = cholesky.inverse
        if let mean {
            self.mean = mean
            weights = cholesky.solve(targets.map { $0 - mean })
        } else {
            let fit = ConstantMean(cholesky, targets)
            self.mean = fit.mean
            weights = fit.weights
        }
    }

    /// Covariances of the function at a place with that at each input.
    /// - Parameter own: features of the place; nil leaves them out.
    package func covariances(_ place: [Double], features own: [Double]? = nil) -> [Double] {
        guard let features, let own else { return inputs.map { kernel(place, $0) } }
        return zip(inputs, features).map { kernel(place, $0) + dot($1, own) }
    }

    /// Covariance of the function at two places.
    func covariance(_ a: KnownPlace, _ b: KnownPlace) -> Double {
        let linear = features == nil ? 0 : dot(a.features ?? [], b.features ?? [])
        return kernel(a.place, b.place) + linear
    }

    /// Variance of the function at a place before anything is observed.
    func priorVariance(_ own: [Double]?) -> Double {
        kernel.amplitude + (features == nil ? 0 : own.map { dot($0, $0) } ?? 0)
    }

    /// Posterior mean of the function at a place, without the price of its variance.
    package func mean(at place: [Double], features own: [Double]? = nil) -> Double {
        zip(covariances(place, features: own), weights).reduce(mean) { $0 + $1.0 * $1.1 }
    }

    /// Posterior mean and variance of the function at a place.
    package func posterior(_ place: [Double], features own: [Double]? = nil) -> NoisyValue {
        posterior(covariances(place, features: own), prior: priorVariance(own))
    }

    /// - Parameters:
    ///   - near: covariances with the inputs.
    ///   - prior: variance at the place.
    private func posterior(_ near: [Double], prior: Double) -> NoisyValue {
        let pulled = inverse * near
        var value = mean
        var explained = 0.0
        for index in near.indices {
            value += near[index] * weights[index]
            explained += near[index] * pulled[index]
        }
        return NoisyValue(value, variance: max(0, prior - explained))
    }

    /// Posterior means and covariances of the function at several places together.
    package func posterior(_ places: [[Double]]) -> (means: [Double], covariance: DenseMatrix) {
        let near = places.map { covariances($0) }
        let pulled = near.map { inverse * $0 }
        let means = near.map { zip($0, weights).reduce(mean) { $0 + $1.0 * $1.1 } }
        let covariance = DenseMatrix(rowCount: places.count, columnCount: places.count) { i, j in
            kernel(places[i], places[j]) - zip(near[i], pulled[j]).reduce(0) { $0 + $1.0 * $1.1 }
        }
        return (means, covariance)
    }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
