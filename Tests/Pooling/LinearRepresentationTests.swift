import Pooling
import Runtime
import Simulation
import Testing

/// S2 algorithm 2 in small; METHODS section 5 gives the errors that the counts of parameters predict.
struct LinearRepresentationTests {
    private let pool = SyntheticPool(experiments: 12, hidden: 6, features: 20, outcomes: 3, seed: 5)

    private func sums(_ units: Int, _ chunk: String) -> PoolSums {
        var sums = PoolSums(shape: pool.shape, width: pool.featureCount)
        for experiment in 0..<pool.experimentCount {
            for arm in 0..<2 {
                let sample = pool.sample(units, experiment: experiment, chunk: "\(chunk) \(arm)")
                sums.add(
                    task: 2 * experiment + arm, features: sample.features,
                    values: (0..<pool.outcomeCount).map { sample.outcomes[arm * pool.outcomeCount + $0] })
            }
        }
        return sums
    }

    /// Of 12 x 2 x 3 regressions on 6 directions, 504 parameters with their intercepts, 234 are needed.
    @Test func pooledErrorIsThatOfItsParameters() throws {
        let (training, held, test) = (sums(32, "training"), sums(8, "held"), sums(400, "test"))
        let alone = try TaskModels.independent(training.merging(held), ridge: 0, context: RunContext()).risk(test).mean
        let fit = try LinearRepresentation.search(
            LinearRepresentation.Search(dimensions: [4, 6]), training: training, held: held, context: RunContext())
        #expect(fit.dimension == 6)
        // .01 (1 + 7/(40 - 8)) and .01 (1 + 252/(2880 - 252)) up to what the draws do.
        #expect(abs(alone - 0.0122) < 0.0008)
        #expect(fit.models.risk(test).mean < 0.0112)
    }

    @Test func threadsDoNotMatter() throws {
        let training = sums(30, "training")
        let fits = try [1, 3].map { count in
            try LinearRepresentation.fit(
                training, dimension: 6, ridge: 0.1, context: RunContext(workers: Workers(count: count)))
        }
        #expect(fits[0].models.coefficients == fits[1].models.coefficients)
        #expect(fits[0].map == fits[1].map)
    }

    /// Twice the features, the second half copies: directions that do not vary are left out.
    @Test func dependentFeaturesDoNoHarm() throws {
        let plain = sums(40, "training")
        var doubled = PoolSums(shape: pool.shape, width: 2 * pool.featureCount)
        for task in 0..<2 * pool.experimentCount {
            let sample = pool.sample(40, experiment: task / 2, chunk: "training \(task % 2)")
            let features = (0..<40).flatMap { row -> [Double] in
                let own = Array(sample.features[row * pool.featureCount..<(row + 1) * pool.featureCount])
                return own + own
            }
            doubled.add(
                task: task, features: features,
                values: (0..<pool.outcomeCount).map { sample.outcomes[task % 2 * pool.outcomeCount + $0] })
        }
        let one = try LinearRepresentation.fit(plain, dimension: 6, ridge: 0.01, context: RunContext())
        let other = try LinearRepresentation.fit(doubled, dimension: 6, ridge: 0.01, context: RunContext())
        #expect(abs(one.models.risk(plain).mean - other.models.risk(doubled).mean) < 1e-6)
    }
}
