import Effects
import Experiments
import Runtime
import Statistics
import Testing

/// A covariate with far more levels than have indicators of their own.
@Suite struct ManyLevelsTests {
    private static let cities = 120
    private static func isGood(_ city: Int) -> Bool { city * 7 % 13 % 2 == 1 }

    /// The effect is 4 in 56 of 120 cities and -4 in the others: treating only where it helps gains 56/120 x 4 = 1.87.
    @Test(arguments: [NamedLearner.t, .x, .dr]) func boostedLearnersSeeEveryLevel(learner: NamedLearner) throws {
        var stream = RandomStream(seed: 9)
        let base = SimulatedExperiment(units: 8_000, covariates: 1).make()
        let city = (0..<base.unitCount).map { _ in min(Self.cities - 1, Int(stream.uniform() * Double(Self.cities))) }
        let made = base.replacing(
            outcome: ScaledColumn(
                city.indices.map { unit in
                    let effect = base.assignment[unit] == 1 ? (Self.isGood(city[unit]) ? 4.0 : -4) : 0
                    return effect + 2 * stream.uniform() - 1
                }),
            covariates: [
                Covariate(
                    name: "city", encoding: .categorical(levels: (0..<Self.cities).map { "c\($0)" }),
                    values: city.map(Float.init))
            ])
        let fit = try EffectsFit.run(made, learner, context: RunContext(workers: Workers(count: 2)))
        let effects = fit.estimates.columns[0]
        let gain = city.indices.reduce(0.0) { sum, unit in
            effects[unit] > 0 ? sum + (Self.isGood(city[unit]) ? 4 : -4) : sum
        }
        #expect(gain / Double(city.count) >= 1.7)
    }
}
