import Effects
import Experiments
import Runtime
import Statistics
import Testing

/// How often the forest's intervals hold the truth.
@Suite(.serialized) struct ForestCoverageTests {
    /// Pointwise, on 500 fresh units by 2,000 training units and 500 trees, beside econml 0.17's GRF on the same generator
    /// (500 trees, leaves of 5, out-of-bag outcome model, five experiments): .705 and a PEHE of .220 on the generator of
    /// the comparisons, .998 and .007 with a constant effect. A public run of GRF had .71 and .99; measured here in ten
    /// experiments: .738 and .223, 1.000 and .006. Unit by unit a forest is biased where tau is steep, which no variance
    /// shows: this is tabled, not promised.
    @Test(.enabled(if: Growing.isRelease), arguments: [(false, 0.71), (true, 0.99)])
    func pointwiseCoverageIsThatOfGRF(constant: Bool, peer: Double) throws {
        let settings = ForestSettings(trees: 500)
        let results = try Workers(count: 2).map(10) { index -> (covered: Double, pehe: Double) in
            let seed = UInt64(index + 1)
            let training = ComparisonGenerator(units: 2_000, constant: constant ? 0.5 : nil, seed: seed)
            let fresh = ComparisonGenerator(units: 500, constant: constant ? 0.5 : nil, seed: 1_000 + seed)
            let trial = try ForestTrial(training.experiment, settings, bins: 64, seed: seed)
            let predicted = try trial.fit.forest.predict(
                fresh.experiment.covariates.map(\.values), units: Array(0..<500), context: trial.context)
            let scale = training.experiment.outcomes[0].observed.scale
            let covered = (0..<500).count { predicted.interval($0).contains(fresh.truth[$0] / scale) }
            return (Double(covered) / 500, fresh.pehe { Double(predicted.effects[$0]) * scale })
        }
        let coverage = results.reduce(0) { $0 + $1.covered } / 10
        let pehe = results.reduce(0) { $0 + $1.pehe } / 10
        print("forest, 2,000 units, \(constant ? "constant effect" : "varying effect"): covers \(coverage) of units")
        print("  (GRF \(peer)); PEHE \(pehe)")
        #expect(coverage >= peer - 0.03)
    }

    /// The same of the learner as it is fitted, out of fold: outcome models in place of the outcome forest, 100 trees on
    /// four fifths of the units.
    @Test(.enabled(if: Growing.isRelease), arguments: [(false, 0.71), (true, 0.99)])
    func theLearnersIntervalsCoverAsGRFsDo(constant: Bool, peer: Double) throws {
        let results = try Workers(count: 2).map(6) { index -> (covered: Double, pehe: Double) in
            let made = ComparisonGenerator(units: 2_000, constant: constant ? 0.5 : nil, seed: UInt64(index + 1))
            let experiment = made.experiment
            let fit = try EffectsFit.run(experiment, .forest, context: RunContext(workers: Workers(count: 1)))
            let standardErrors = try fit.standardErrors(experiment)
            let errors = try #require(standardErrors).column(arm: 1, outcome: 0)
            let effects = fit.estimates.column(arm: 1, outcome: 0)
            let scale = experiment.outcomes[0].observed.scale
            let covered = effects.indices.count { unit in
                Interval(estimate: Double(effects[unit]), standardError: Double(errors[unit]))
                    .contains(made.truth[unit] / scale)
            }
            return (Double(covered) / Double(effects.count), made.pehe { Double(effects[$0]) * scale })
        }
        let coverage = results.reduce(0) { $0 + $1.covered } / Double(results.count)
        let pehe = results.reduce(0) { $0 + $1.pehe } / Double(results.count)
        print(
            "forest as a learner, \(constant ? "constant effect" : "varying effect"): covers \(coverage) of units "
                + "(GRF \(peer)); PEHE \(pehe)")
        #expect(coverage >= peer - 0.03)
    }

    struct Setting: CustomTestStringConvertible, Sendable {
        let noise: SimulatedExperiment.Noise
        let shares: [Double]

        var testDescription: String { "\(noise) \(shares)" }
    }

    static let settings = [
        Setting(noise: .gaussian, shares: [1, 1]), Setting(noise: .gaussian, shares: [3, 1]),
        Setting(noise: .lognormal, shares: [1, 1]),
    ]

    /// The doubly robust average covers the population's average effect in 95% +- 2 points of 1,000 experiments; measured
    /// .957, .953 and .955.
    @Test(arguments: settings) func theDoublyRobustAverageCovers(setting: Setting) throws {
        let replicates = Growing.replicates(1_000)
        let covered = try Workers(count: 2).map(replicates) { index -> Bool in
            let made = SimulatedExperiment(
                units: 500, shares: setting.shares, noise: setting.noise, seed: UInt64(index + 1),
                effect: { _, x in x[0] > 0 ? 1 : 0 }
            ).make()
            let forest = ForestSettings(trees: 20, minimumNode: 10, outcomeTrees: 20)
            let trial = try ForestTrial(made, forest, bins: 16, seed: UInt64(index))
            let predicted = try trial.fit.outOfBag(trial.columns, variances: false, context: trial.context)
            return trial.fit.average(predicted).interval.contains(0.5 / made.outcomes[0].observed.scale)
        }
        let coverage = Double(covered.count { $0 }) / Double(replicates)
        print("doubly robust average \(setting.testDescription): covers \(coverage) of \(replicates)")
        #expect(abs(coverage - 0.95) <= (Growing.isRelease ? 0.02 : 0.07))
    }

    /// GRF's correction by its limits: it leaves the difference alone where bags differ far more than the trees within
    /// them, and stays above 0 where they differ less.
    @Test func variancesAreNeverNegative() {
        var stream = RandomStream(seed: 4)
        for (between, within) in [(1.0, 0.0), (1, 0.5), (0, 1)] {
            var bags = LittleBags()
            for _ in 0..<20_000 {
                let shared = between * stream.normal()
                bags.add(shared + within * stream.normal(), shared + within * stream.normal())
            }
            #expect(bags.variance > 0 && abs(bags.variance - between * between) < 0.05)
        }
        #expect(LittleBags().variance == 0)
    }
}
