import Statistics

/// Standard normal draws by quasi-Monte Carlo, as lists over all samples: one list per variable.
enum NormalDraws {
    /// Variables beyond those the Sobol sequence has directions for are drawn at random.
    static func lists(_ variables: Int, samples: Int, seed: UInt64) -> [[Double]] {
        let even = min(variables, SobolSequence.maximumDimensions)
        let points = SobolSequence(dimensions: even, seed: seed).normals(samples)
        var stream = RandomStream(seed: seed, purpose: "variables beyond the sequence")
        return (0..<variables).map { variable in
            variable < even ? points.map { $0[variable] } : (0..<samples).map { _ in stream.normal() }
        }
    }
}
