import Foundation
import Optimisers
import Statistics
import Testing

@Suite struct GaussianProcessTests {
    private let inputs = [[0.0], [0.2], [0.45], [0.7], [1.0]]
    private let targets = [0.5, 1.2, -0.3, 0.8, 0.1]
    private let noise = [0.01, 0.02, 0.01, 0.04, 0.01]

    /// scikit-learn 1.9.1: GaussianProcessRegressor with kernel 1.7 * Matern(0.3, nu=2.5), alpha = noise, no optimiser.
    @Test func posteriorIsThatOfScikitLearn() throws {
        let process = try #require(
            GaussianProcess(
                kernel: MaternKernel(lengthScales: [0.3], amplitude: 1.7), inputs: inputs, targets: targets,
                noise: noise, mean: 0))
        let places = [[0.1], [0.3], [0.6], [0.95]]
        let means = [1.0166290520556833, 0.6069887112667737, 0.2235870557643525, 0.2800988439718969]
        let variances = [0.0503311850659629, 0.07534297044737892, 0.08965998341120285, 0.052836250027031184]
        let joint = process.posterior(places)
        for (index, place) in places.enumerated() {
            let alone = process.posterior(place)
            #expect(abs(alone.value - means[index]) < 1e-10 && abs(alone.variance - variances[index]) < 1e-10)
            #expect(abs(joint.means[index] - means[index]) < 1e-10)
            #expect(abs(joint.covariance[index, index] - variances[index]) < 1e-10)
        }
        #expect(abs(joint.covariance[0, 1] + 0.02011630559327382) < 1e-10)
        #expect(abs(joint.covariance[1, 2] + 0.027637425856710696) < 1e-10)
    }

    /// The same with one length scale per dimension: 0.8 * Matern([0.3, 0.9], nu=2.5).
    @Test func posteriorWithTwoLengthScalesIsThatOfScikitLearn() throws {
        let process = try #require(
            GaussianProcess(
                kernel: MaternKernel(lengthScales: [0.3, 0.9], amplitude: 0.8),
                inputs: [[0.1, 0.9], [0.4, 0.2], [0.8, 0.5], [0.6, 0.7], [0.3, 0.3]], targets: targets, noise: noise,
                mean: 0))
        let posterior = process.posterior([0.5, 0.5])
        #expect(abs(posterior.value - 1.1670732) < 1e-7)
        #expect(abs(posterior.variance.squareRoot() - 0.26186521) < 1e-8)
    }

    /// The likelihood scikit-learn reports for a mean of zero; here the mean is the best constant, so targets whose best
    /// constant is zero are compared, and others can only do better.
    @Test func likelihoodIsThatOfScikitLearn() throws {
        let likelihood = MarginalLikelihood(inputs: inputs, targets: targets, noise: noise)
        let value = try #require(likelihood([log(0.3), log(1.7)])).value
        let process = try #require(
            GaussianProcess(
                kernel: MaternKernel(lengthScales: [0.3], amplitude: 1.7), inputs: inputs, targets: targets,
                noise: noise))
        // log N(y; 0, K) = log N(y; mu 1, K) - mu² 1'K⁻¹1 / 2 at the best mu.
        let ones = try #require(
            GaussianProcess(
                kernel: process.kernel, inputs: inputs, targets: Array(repeating: 1, count: 5), noise: noise, mean: 0))
        let information = try #require(
            Cholesky(
                DenseMatrix(rowCount: 5, columnCount: 5) {
                    process.kernel(inputs[$0], inputs[$1]) + ($0 == $1 ? noise[$0] : 0)
                })
        ).solve([Double](repeating: 1, count: 5)).reduce(0, +)
        #expect(ones.mean == 0)
        #expect(abs(value - process.mean * process.mean * information / 2 + 7.2122980500547325) < 1e-9)
    }

    /// Without noise the posterior passes through the data, and knows it.
    @Test func posteriorAtTheDataIsTheData() throws {
        let process = try #require(
            GaussianProcess(
                kernel: MaternKernel(lengthScales: [0.3], amplitude: 1.7), inputs: inputs, targets: targets,
                noise: Array(repeating: 1e-12, count: 5)))
        for (input, target) in zip(inputs, targets) {
            let posterior = process.posterior(input)
            #expect(abs(posterior.value - target) < 1e-8 && posterior.variance < 1e-8)
        }
        // Far from all data there is the mean and the whole amplitude.
        let far = process.posterior([50])
        #expect(abs(far.value - process.mean) < 1e-9 && abs(far.variance - 1.7) < 1e-9)
    }

    /// One observation: value k/(k + s²) of the way from the mean, in closed form.
    @Test func oneObservationInClosedForm() throws {
        let process = try #require(
            GaussianProcess(
                kernel: MaternKernel(lengthScales: [0.5], amplitude: 2), inputs: [[0.3]], targets: [4], noise: [0.5],
                mean: 1))
        let posterior = process.posterior([0.3])
        #expect(abs(posterior.value - (1 + 3 * 2 / 2.5)) < 1e-12)
        #expect(abs(posterior.variance - (2 - 4 / 2.5)) < 1e-12)
    }

    @Test(arguments: [1, 2, 4]) func gradientIsThatOfFiniteDifferences(dimensions: Int) throws {
        var stream = RandomStream(seed: UInt64(dimensions))
        let places = (0..<12).map { _ in (0..<dimensions).map { _ in stream.uniform() } }
        let likelihood = MarginalLikelihood(
            inputs: places, targets: places.map { sin(6 * $0[0]) + 0.1 * stream.normal() },
            noise: places.map { _ in 0.01 + 0.02 * stream.uniform() })
        for _ in 0..<5 {
            let point = (0...dimensions).map { _ in -0.5 + 0.7 * stream.normal() }
            let gradient = try #require(likelihood(point)).gradient
            for axis in point.indices {
                var above = point
                var below = point
                above[axis] += 1e-5
                below[axis] -= 1e-5
                let slope = try (#require(likelihood(above)).value - #require(likelihood(below)).value) / 2e-5
                #expect(abs(gradient[axis] - slope) < 1e-6 * max(1, abs(slope)))
            }
        }
    }

    /// Fitted to a function of one dimension among three, with known noise, it finds which one, and is as sure as it should
    /// be: over five data sets, squared errors of the posterior at fresh places are on average between half and twice its
    /// variance.
    @Test func fitFindsWhatMatters() throws {
        func truth(_ place: [Double]) -> Double { 100 + 10 * sin(7 * place[1]) }
        var square = 0.0
        for seed in 1...5 as ClosedRange<UInt64> {
            var stream = RandomStream(seed: seed)
            let places = (0..<60).map { _ in (0..<3).map { _ in stream.uniform() } }
            let values = places.map { NoisyValue(truth($0) + stream.normal(), variance: 1) }
            let fit = try #require(ProcessFit(inputs: places, values: values))
            let scales = fit.process.kernel.lengthScales
            #expect(scales[1] < 0.6 * scales[0] && scales[1] < 0.6 * scales[2])
            for _ in 0..<200 {
                let place = (0..<3).map { _ in stream.uniform() }
                let posterior = fit.posterior(place)
                let error = posterior.value - truth(place)
                square += error * error / posterior.variance / 1_000
            }
        }
        #expect(square > 0.5)
        #expect(square < 2)
    }

    @Test func repeatedPlacesAreAverages() throws {
        let values = [1.0, 3].map { NoisyValue($0, variance: 0.04) } + [NoisyValue(7, variance: 0.04)]
        let fit = try #require(ProcessFit(inputs: [[0.2], [0.2], [0.9]], values: values))
        #expect(abs(fit.posterior([0.2]).value - 2) < 0.3)
    }
}
