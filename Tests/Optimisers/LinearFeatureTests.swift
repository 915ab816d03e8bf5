import Foundation
import Optimisers
import Testing

/// A process with linear features against an independent dense formula (a NumPy prototype's numbers, stored).
@Suite struct LinearFeatureTests {
    private struct Golden: Decodable {
        struct Fitted: Decodable {
            let parameters: [Double]
            let loss: Double
        }

        let inputs: [[Double]]
        let features: [[Double]]
        let y: [Double]
        let noise: [Double]
        let logLengthScales: [Double]
        let logAmplitude: Double
        let places: [[Double]]
        let placeFeatures: [[Double]]
        let mean: [Double]
        let variance: [Double]
        let loss: Double
        let gradient: [Double]
        let fitted: Fitted
    }

    private func golden() throws -> Golden {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens/gp_linear_mean.json")
        return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: path))
    }

    @Test func posteriorLossAndGradientAreTheDenseOnes() throws {
        let golden = try golden()
        let count = Double(golden.y.count)
        let centre = golden.y.reduce(0, +) / count
        // The prototype standardises by the population's deviation.
        let scale = (golden.y.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / count).squareRoot()
        let targets = golden.y.map { ($0 - centre) / scale }
        let noise = golden.noise.map { $0 / (scale * scale) }
        let logarithms = golden.logLengthScales + [golden.logAmplitude]
        let likelihood = MarginalLikelihood(
            inputs: golden.inputs, features: golden.features, targets: targets, noise: noise)
        let (loss, gradient) = ProcessFit.loss(logarithms, likelihood, amplitude: 0.5)
        // Constants of the densities are left out on both sides but for n/2 log 2 pi.
        #expect(abs(loss - count / 2 * log(2 * Double.pi) - golden.loss) < 1e-7)
        for (own, wanted) in zip(gradient, golden.gradient) { #expect(abs(own - wanted) < 1e-7) }
        let process = try #require(
            GaussianProcess(
                kernel: MarginalLikelihood.kernel(logarithms), inputs: golden.inputs, features: golden.features,
                targets: targets,
                noise: noise))
        for (index, place) in golden.places.enumerated() {
            let found = process.posterior(place, features: golden.placeFeatures[index])
            #expect(abs(centre + scale * found.value - golden.mean[index]) < 1e-7)
            #expect(abs(scale * scale * found.variance - golden.variance[index]) < 1e-7)
        }
    }

    /// The fit finds a mode no worse than the prototype's.
    @Test func theFitIsNoWorse() throws {
        let golden = try golden()
        let count = Double(golden.y.count)
        let centre = golden.y.reduce(0, +) / count
        let scale = (golden.y.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / count).squareRoot()
        let likelihood = MarginalLikelihood(
            inputs: golden.inputs, features: golden.features, targets: golden.y.map { ($0 - centre) / scale },
            noise: golden.noise.map { $0 / (scale * scale) })
        let (loss, gradient) = ProcessFit.loss(golden.fitted.parameters, likelihood, amplitude: 0.5)
        #expect(abs(loss - count / 2 * log(2 * Double.pi) - golden.fitted.loss) < 1e-6)
        #expect(gradient.allSatisfy { abs($0) < 1e-3 })
    }
}
