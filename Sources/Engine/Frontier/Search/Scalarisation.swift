import Optimisers
import Statistics

/// What one climb is after: a mixture of the outcomes, scaled by what is attainable.
struct Scalarisation: Sendable, Equatable, Codable {
    private let chebyshev: ChebyshevScalarisation
    /// A weighted sum instead: it reaches the corners of the front in fewer steps, but not its dents.
    private let isLinear: Bool

    /// A random mixture, weights uniform on the simplex, between a reference point and the best of each outcome.
    init(best: [Double], reference: [Double], _ stream: inout RandomStream) {
        chebyshev = ChebyshevScalarisation(weights: stream.simplex(best.count), best: best, worst: reference)
        isLinear = stream.bernoulli(0.5)
    }

    func score(_ values: [Double]) -> Double {
        guard isLinear else { return chebyshev(values) }
        var sum = 0.0
        for (index, value) in values.enumerated() {
            let span = chebyshev.best[index] - chebyshev.worst[index]
            sum += chebyshev.weights[index] * (value - chebyshev.worst[index]) / (span > 0 ? span : 1)
        }
        return sum
    }
}
