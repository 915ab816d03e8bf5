import Effects
import Experiments
import Runtime
import Testing

/// Data a forest can do nothing with: no rule reads a covariate, everybody gets the constant effect, and nothing is NaN.
@Suite struct DegenerateForestTests {
    private func check(_ experiment: Experiment, limited: Bool) throws -> ForestPrediction {
        let trial = try ForestTrial(experiment)
        #expect(trial.fit.forest.reads(covariateCount: 0) == limited)
        for predicted in [try trial.predictions(), try trial.outOfBag()] {
            #expect(predicted.effects.allSatisfy { $0.isFinite })
            #expect(predicted.variances.allSatisfy { $0.isFinite && $0 >= 0 })
        }
        let average = trial.fit.average(try trial.outOfBag())
        #expect(average.effect.isFinite && average.standardError.isFinite)
        return try trial.predictions()
    }

    @Test func aConstantOutcomeHasNoEffect() throws {
        let made = SimulatedExperiment(units: 600).make()
        let constant = made.replacing(outcome: ScaledColumn([Double](repeating: 7, count: made.unitCount)))
        let predicted = try check(constant, limited: true)
        #expect(predicted.effects.allSatisfy { $0 == 0 } && predicted.variances.allSatisfy { $0 == 0 })
    }

    @Test func anArmOfTenUnitsGetsTheConstantEffect() throws {
        let made = SimulatedExperiment(units: 800, shares: [79, 1], effect: { _, _ in 1 }).make()
        let treated = made.tune.filter { made.assignment[$0] == 1 }
        let rows = made.tune.filter { made.assignment[$0] == 0 } + treated.prefix(10)
        let context = RunContext(workers: Workers(count: 1))
        let fit = try CausalForestFit.train(
            ForestSample(TrainingData(made), ContrastIndex(arm: 1, outcome: 0), rows: rows),
            columns: made.covariates.map(\.values),
            binned: BinnedCovariates(made, maximumBins: 32), seed: 1, context: context)
        #expect(fit.sample.smallestArm <= 10 && fit.forest.trees.isEmpty)
        let predicted = try fit.forest.predict(made.covariates.map(\.values), units: [0, 5, 9], context: context)
        #expect(predicted.effects == [Float](repeating: Float(fit.forest.constant.effect), count: 3))
        #expect(predicted.variances.allSatisfy { $0 > 0 && $0.isFinite })
    }

    @Test func withoutAnyTreatedUnitThereIsNoEffect() throws {
        let made = SimulatedExperiment(units: 300).make()
        let context = RunContext(workers: Workers(count: 1))
        let fit = try CausalForestFit.train(
            ForestSample(
                TrainingData(made), ContrastIndex(arm: 1, outcome: 0),
                rows: made.tune.filter { made.assignment[$0] == 0 }),
            columns: made.covariates.map(\.values), binned: BinnedCovariates(made, maximumBins: 32), seed: 1,
            context: context)
        let predicted = try fit.forest.predict(made.covariates.map(\.values), units: [0], context: context)
        #expect(predicted.effects == [0] && predicted.variances == [1])
    }

    @Test func withAllCovariatesMissingEverybodyGetsOneEffect() throws {
        let made = SimulatedExperiment(units: 1_000, missing: 1, levels: 3, effect: { _, _ in 1 }).make()
        let predicted = try check(made, limited: true)
        #expect(Set(predicted.effects).count == 1)
        let effect = Double(predicted.effects[0]) * made.outcomes[0].observed.scale
        #expect(abs(effect - 1) < 0.3)
    }

    @Test func withoutCovariatesEverybodyGetsOneEffect() throws {
        let made = SimulatedExperiment(units: 1_000, effect: { _, _ in 1 }).make().replacing(covariates: [])
        let predicted = try check(made, limited: true)
        #expect(Set(predicted.effects).count == 1)
    }

    @Test func ordinaryDataHaveNoLimitation() throws {
        _ = try check(SimulatedExperiment(units: 1_000, effect: { _, x in Double(x[0]) }).make(), limited: false)
    }
}
