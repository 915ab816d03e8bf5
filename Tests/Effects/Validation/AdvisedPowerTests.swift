import Effects
import Experiments
import Foundation
import Runtime
import Statistics
import Testing

/// What `advise` says is found with 80% power, found by the product's own code: to five points and two standard errors of the
/// simulated experiments.
@Suite struct AdvisedPowerTests {
    private static func size(_ sample: SimulatedExperiment) throws -> ExperimentSize {
        try ExperimentSize(
            units: sample.units, shares: sample.shares, covariates: sample.covariates,
            noise: (0.09 + 1.0).squareRoot())
    }

    private static func power(_ replicates: Int, _ isFound: @Sendable (UInt64) throws -> Bool) throws -> Double {
        Double(try Workers().map(replicates) { try isFound(UInt64($0 + 1)) }.count { $0 }) / Double(replicates)
    }

    private static func reach(_ replicates: Int) -> Double { 0.05 + 2 * (0.16 / Double(replicates)).squareRoot() }

    /// Two claims: of an experiment's one arm, and of the smallest of two.
    @Test(arguments: [[1.0, 1.0], [8.0, 1.0, 1.0]])
    func averages(shares: [Double]) throws {
        var sample = SimulatedExperiment(units: 1_200, covariates: 2, shares: shares)
        let found = MinimumDetectableEffect(try Self.size(sample))
        let effect = try #require(found.averages.last)
        #expect(found.averages.count == shares.count - 1 && abs(effect - found.average) < 1e-12)
        sample.effect = { arm, _ in arm == shares.count - 1 ? effect : 0 }
        let made = sample
        let power = try Self.power(1_000) { seed in
            var own = made
            own.seed = seed
            let experiment = own.make()
            return try #require(AverageEffect.estimate(experiment, over: experiment.tune).last).difference.excludesZero
        }
        print("average at shares \(shares): \(effect) is found in \(power)")
        #expect(abs(power - 0.8) < Self.reach(1_000))
    }

    /// Two claims: trees of equal arms, and of one arm in five on other covariates.
    @Test(arguments: [(2_000, [1.0, 1.0], 3), (6_000, [4.0, 1.0], 6)])
    func trees(units: Int, shares: [Double], covariates: Int) throws {
        var sample = SimulatedExperiment(units: units, covariates: covariates, shares: shares)
        let difference = try #require(try MethodFamily.causalTree.neededDifference(Self.size(sample)))
        sample.effect = { _, x in x[0] > 0 ? difference / 2 : -difference / 2 }
        let made = sample
        let replicates = 250
        let power = try Self.power(replicates) { seed in
            var own = made
            own.seed = seed
            let experiment = own.make()
            let context = RunContext(workers: Workers(count: 1))
            return try CausalTrees.grow(
                experiment, binned: BinnedCovariates(experiment, context: context), settings: TreeSettings(),
                context: context)[0].tellsSidesApart
        }
        print("tree, \(units) units at \(shares): \(difference) is found in \(power)")
        #expect(abs(power - 0.8) < Self.reach(replicates))
    }

    /// One claim: the test of heterogeneity with DML, block by block.
    @Test func slopes() throws {
        var sample = SimulatedExperiment(units: 2_000, covariates: 6)
        let difference = try #require(try MethodFamily.linear.neededDifference(Self.size(sample)))
        sample.effect = { _, x in x[0] > 0 ? difference / 2 : -difference / 2 }
        let made = sample
        let replicates = 300
        let power = try Self.power(replicates) { seed in
            var own = made
            own.seed = seed
            let tests = try LearnerValidation.tests(
                TrainingData(own.make()), learners: [NamedLearner("dml", LinearLearner())], nuisances: .armMeans,
                context: RunContext(workers: Workers(count: 1)))
            return tests[0][0].p < 0.05
        }
        print("DML: \(difference) is found in \(power)")
        #expect(abs(power - 0.8) < Self.reach(replicates))
    }

    /// Against closed forms: 1.959964 + 0.841621 for an interval; the root of four times scipy.stats.ncx2's noncentrality of the
    /// 3-degree test, 10.902563, for four groups of which two have an effect.
    @Test func simulationAgreesWithClosedForms() throws {
        let size = try ExperimentSize(units: 1_000, shares: [1, 1], covariates: 4, noise: 1)
        let error = (4.0 / 1_000).squareRoot()
        #expect(abs(MinimumDetectableEffect(size).average / error - 2.801585) < 0.05)
        let variance = try #require(try MethodFamily.anova.neededDifference(size))
        #expect(abs(variance / error - (4 * 10.902563).squareRoot()) < 0.12)
    }

    /// More folds leave more to test on, a confirm split shows what it is large enough for, and nothing depends on when it is asked.
    @Test func shapesCount() throws {
        func size(folds: Int, confirm: Int) throws -> ExperimentSize {
            try ExperimentSize(
                units: 4_000, shares: [1, 1], covariates: 5, noise: 1, confirmUnits: confirm, folds: folds)
        }
        let (two, five) = (try size(folds: 2, confirm: 0), try size(folds: 5, confirm: 1_000))
        #expect(MinimumDetectableEffect(two).spread > 1.2 * MinimumDetectableEffect(five).spread)
        #expect(MinimumDetectableEffect(two).policyOnConfirm == nil)
        let small = try #require(MinimumDetectableEffect(five).policyOnConfirm)
        let large = try #require(MinimumDetectableEffect(try size(folds: 5, confirm: 4_000)).policyOnConfirm)
        #expect(abs(small / large - 2) < 1e-9)
        let again = try MethodAdvice(five, difference: 1, context: RunContext(workers: Workers(count: 1)))
        #expect(try again == MethodAdvice(five, difference: 1))
    }
}
