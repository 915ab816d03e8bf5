import Statistics

/// Which observed places may hold the best of a scalarisation: only they matter as the base of noisy improvement.
struct BaseChoice: Sendable {
    /// Posterior samples at every observed place: per function a list over samples per place.
    private let objectives: [[[Double]]]
    private let constraints: [[[Double]]]
    private let samples: Int

    /// - Complexity: O(n³) per function.
    /// - Parameter places: those observed.
    init(
        objectives: [ProcessFit], constraints: [ProcessFit], places: [KnownPlace], samples: Int, seed: UInt64
    ) {
        self.samples = samples
        func draw(_ fits: [ProcessFit], from first: Int, _ purpose: String) -> [[[Double]]] {
            fits.enumerated().map { index, fit in
                var stream = RandomStream(seed: seed, purpose: "\(purpose) \(index)")
                let draws = places.map { _ in (0..<samples).map { _ in stream.normal() } }
                return SampledPosterior(fit, function: first + index, base: places, draws: draws).values
            }
        }
        self.objectives = draw(objectives, from: 0, "objective")
        self.constraints = draw(constraints, from: objectives.count, "constraint")
    }

    /// Indices of the places that are the best feasible one in some sample, the most frequent first, at most `limit`.
    func places(_ scalarisation: ChebyshevScalarisation, limit: Int) -> [Int] {
        let count = objectives[0].count
        var wins = [Int](repeating: 0, count: count)
        for sample in 0..<samples {
            var best = -1
            var bestScore = -Double.infinity
            for place in 0..<count where constraints.allSatisfy({ $0[place][sample] >= 0 }) {
                let score = scalarisation(objectives.map { $0[place][sample] })
                if score > bestScore { (best, bestScore) = (place, score) }
            }
            if best >= 0 { wins[best] += 1 }
        }
        let order = wins.indices.filter { wins[$0] > 0 }.sorted { wins[$0] != wins[$1] ? wins[$0] > wins[$1] : $0 < $1 }
        return Array(order.prefix(limit))
    }
}
