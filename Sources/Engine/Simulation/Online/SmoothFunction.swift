import Foundation
import Statistics

/// A random smooth function of covariates: w' tanh(A x + c) + l' x, with mean 0 and standard deviation 1 over the population.
struct SmoothFunction: Sendable {
    private let inner: [[Double]]
    private let shifts: [Double]
    private let outer: [Double]
    private let linear: [Double]
    private var centre = 0.0
    private var scale = 1.0

    private static let units = 4

    /// - Parameter sample: of the population, which standardises it.
    init(covariates: Int, sample: [[Double]], _ stream: inout RandomStream) {
        inner = (0..<Self.units).map { _ in (0..<covariates).map { _ in 0.8 * stream.normal() } }
        shifts = (0..<Self.units).map { _ in 0.7 * stream.normal() }
        outer = (0..<Self.units).map { _ in stream.normal() }
        linear = (0..<covariates).map { _ in 0.4 * stream.normal() }
        let moments = Moments(sample.map { self($0) })
        centre = moments.mean
        scale = moments.standardDeviation
    }

    func callAsFunction(_ x: [Double]) -> Double {
        var value = 0.0
        for k in x.indices { value += linear[k] * x[k] }
        for unit in inner.indices {
            var sum = shifts[unit]
            for k in x.indices { sum += inner[unit][k] * x[k] }
            value += outer[unit] * tanh(sum)
        }
        return (value - centre) / scale
    }
}
