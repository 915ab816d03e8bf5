import Foundation
import Statistics

/// A Gaussian process for measured values in their own unit, its kernel fitted by marginal likelihood.
///
/// Values are standardised for the fit. Length scales have a log-normal prior whose median grows with the root of the
/// dimensions (Hvarfner, Hellsten & Nardi 2024), wide enough for a dimension not to matter; the amplitude has one of median 1
/// and log sd 1. The fit is the mode over the logarithms, the better of a start at 0.4 and of the last fit's.
package struct ProcessFit: Sendable {
    /// Of the standardised values.
    package let process: GaussianProcess
    package let centre: Double
    package let scale: Double

    /// Median of the amplitude's prior, of standardised values: less where features explain a part.
    private static let amplitudeWithFeatures = 0.5
    private static let logScaleCentre = 2.squareRoot()
    private static let logScaleVariance = 3.0
    /// Least noise, as a share of the values' variance: keeps repeated places solvable.
    private static let leastNoise = 1e-6

    /// - Parameters:
    ///   - features: of each input, as of `GaussianProcess`; slopes have standard normal priors on standardised values.
    ///   - start: a kernel to begin from besides the standard one, such as the last fit's.
    /// - Returns: nil where no kernel gives a covariance that can be solved.
    package init?(
        inputs: [[Double]], features: [[Double]]? = nil, values: [NoisyValue], start: MaternKernel? = nil
    ) {
        var moments = Moments()
        for value in values { moments.add(value.value) }
        let spread = moments.standardDeviation
        let scale = spread > 0 && spread.isFinite ? spread : 1
        let centre = moments.mean
        let targets = values.map { ($0.value - centre) / scale }
        let noise = values.map { max(Self.leastNoise, $0.variance / (scale * scale)) }
        let likelihood = MarginalLikelihood(inputs: inputs, features: features, targets: targets, noise: noise)
        let amplitude = features == nil ? 1 : Self.amplitudeWithFeatures
        let starts = [
            start, MaternKernel(lengthScales: Array(repeating: 0.4, count: likelihood.dimensions), amplitude: 1),
        ]
        let minima = starts.compactMap { $0 }.map { kernel in
            QuasiNewton(maximumSteps: 60, tolerance: 1e-4).minimise(
                from: kernel.lengthScales.map { log($0) } + [log(kernel.amplitude)]
            ) { Self.loss($0, likelihood, amplitude: amplitude) }
        }
        guard let best = minima.min(by: { $0.value < $1.value }), best.value.isFinite,
            let process = GaussianProcess(
                kernel: MarginalLikelihood.kernel(best.point), inputs: inputs, features: features, targets: targets,
                noise: noise)
        else { return nil }
        self.process = process
        self.centre = centre
        self.scale = scale
    }

    /// The negative log posterior density of the logarithms, without constants.
    /// - Parameter amplitude: median of its prior.
    package static func loss(
        _ logarithms: [Double], _ likelihood: MarginalLikelihood, amplitude: Double
    ) -> (Double, [Double]) {
        guard logarithms.allSatisfy({ abs($0) < 12 }), let (value, slopes) = likelihood(logarithms) else {
            return (.infinity, logarithms.map { _ in 0 })
        }
        var loss = -value
        var gradient = slopes.map { -$0 }
        let last = logarithms.count - 1
        let centre = logScaleCentre + log(Double(last)) / 2
        for k in 0..<last {
            let gap = logarithms[k] - centre
            loss += gap * gap / (2 * logScaleVariance)
            gradient[k] += gap / logScaleVariance
        }
        let gap = logarithms[last] - log(amplitude)
        loss += gap * gap / 2
        gradient[last] += gap
        return (loss, gradient)
    }

    /// Posterior mean at a place, in the values' unit.
    func mean(_ place: [Double], features: [Double]? = nil) -> Double {
        centre + scale * process.mean(at: place, features: features)
    }

    /// Posterior mean and variance at a place, in the values' unit.
    package func posterior(_ place: [Double], features: [Double]? = nil) -> NoisyValue {
        let standard = process.posterior(place, features: features)
        return NoisyValue(centre + scale * standard.value, variance: scale * scale * standard.variance)
    }
}
