import Statistics

/// Noisy expected improvement of a scalarisation (Letham, Karrer, Ottoni & Bakshy 2019; Daulton, Balandat & Bakshy 2020):
/// over joint posterior samples, how much a new place adds to the best of the base places, which are themselves uncertain.
///
/// Constraints weigh each sample's improvement by the probability of being kept; base places count where they are kept.
struct NoisyImprovement: Sendable {
    private let objectives: [SampledPosterior]
    private let constraints: [SampledPosterior]
    private let scalarisation: ChebyshevScalarisation
    /// For the new place: standard normal draws over all samples, one list per objective.
    private let draws: [[Double]]
    /// The best feasible base place, per sample.
    private let incumbents: [Double]

    init(
        objectives: [SampledPosterior], constraints: [SampledPosterior], scalarisation: ChebyshevScalarisation,
        draws: [[Double]]
    ) {
        self.objectives = objectives
        self.constraints = constraints
        self.scalarisation = scalarisation
        self.draws = draws
        let samples = draws[0].count
        // Without a feasible base place anything feasible improves on the worst that was seen.
        var incumbents = [Double](repeating: -(1 + ChebyshevScalarisation.augmentation), count: samples)
        for base in objectives[0].values.indices {
            for sample in 0..<samples where constraints.allSatisfy({ $0.values[base][sample] >= 0 }) {
                let score = scalarisation(objectives.map { $0.values[base][sample] })
                incumbents[sample] = max(incumbents[sample], score)
            }
        }
        self.incumbents = incumbents
    }

    func callAsFunction(_ place: KnownPlace) -> Double {
        let samples = incumbents.count
        var largest = [Double](repeating: -.infinity, count: samples)
        var sum = [Double](repeating: 0, count: samples)
        for (i, objective) in objectives.enumerated() {
            let conditional = objective.conditional(place, samples: samples)
            let deviation = objective.deviation(conditional)
            let span = scalarisation.best[i] - scalarisation.worst[i]
            let factor = scalarisation.weights[i] / (span > 0 ? span : 1)
            let best = scalarisation.best[i]
            let own = draws[i]
            for sample in 0..<samples {
                let term = factor * (best - conditional.means[sample] - deviation * own[sample])
                largest[sample] = max(largest[sample], term)
                sum[sample] += term
            }
        }
        var gains = [Double](repeating: 0, count: samples)
        for sample in 0..<samples {
            let score = -(largest[sample] + ChebyshevScalarisation.augmentation * sum[sample])
            gains[sample] = max(0, score - incumbents[sample])
        }
        for constraint in constraints {
            let conditional = constraint.conditional(place, samples: samples)
            let deviation = constraint.deviation(conditional)
            for sample in 0..<samples where gains[sample] > 0 {
                gains[sample] *= Normal.cumulative(conditional.means[sample] / deviation)
            }
        }
        return gains.reduce(0, +) / Double(samples)
    }
}
