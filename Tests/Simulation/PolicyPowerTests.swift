import Effects
import Experiments
import Policies
import Runtime
import Simulation
import Statistics
import Testing

/// What `advise` says of a policy on confirm, by the product's own evaluation.
@Suite struct PolicyPowerTests {
    /// The arm's effect is so large in the half of the units that the policy gives it to, that the value a unit is what is said to be
    /// found with 80% power.
    @Test func aPolicyOnConfirmIsFound() throws {
        let splits = SplitSpec(seed: 3, confirm: 0.4)
        let base = try SyntheticExperiment.make(units: 3_000, covariates: 6, splits: splits).experiment
        let size = try ExperimentSize(
            units: base.tuneCount, shares: [1, 1], covariates: 2, noise: 1, confirmUnits: base.confirm.count)
        let value = try #require(MinimumDetectableEffect(size).policyOnConfirm)
        let isTreated = base.covariates[0].values.map { $0 > 0 }
        let replicates = 400
        let found = try Workers().map(replicates) { replicate -> Bool in
            var stream = RandomStream(seed: UInt64(replicate + 1), purpose: "policy power")
            let assignment = isTreated.map { _ in UInt8(stream.index(below: 2)) }
            let y = zip(assignment, isTreated).map { ($0 == 1 && $1 ? 2 * value : 0) + stream.normal() }
            let experiment = base.replacing(
                outcomes: [
                    Outcome(
                        name: "y0", direction: .maximize, threshold: nil, armCosts: [0, 0], observed: ScaledColumn(y))
                ], covariates: Array(base.covariates.prefix(2)), assignment: assignment)
            let context = RunContext(workers: Workers(count: 1))
            let fit = try EffectsFit.run(
                TrainingData(experiment), learner: NamedLearner("dml", LinearLearner()), nuisances: .armMeans,
                context: context)
            let average = AverageEffect.estimate(experiment, over: experiment.tune)[0]
            let observed = experiment.outcomes[0].observed
            let space = PolicySpace(
                arms: experiment.arms,
                outcomes: [
                    PolicySpace.Outcome(
                        name: "y0", direction: .maximize, threshold: nil, centre: observed.centre, scale: observed.scale
                    )
                ], averageEffects: [[0], [average.difference.effect]], controlMeans: [average.controlMean])
            let table = PolicyTable(
                effects: fit.estimates, scores: fit.scores, observed: [observed.values], armCosts: [[0], [0]],
                assignment: assignment, observedPropensity: experiment.propensity.observed(assignment),
                tuneCount: experiment.tuneCount)
            let evaluator = try PolicyEvaluator(space: space, table: table, split: .confirm, workers: context.workers)
            let choice = experiment.confirm.map { UInt8(isTreated[$0] ? 1 : 0) }
            let difference = evaluator.evaluate(
                ArmProbabilities(assignment: choice, armCount: 2), weights: [1]
            ).outcomes[0].difference
            return (difference?.low ?? 0) > 0
        }.count { $0 }
        let power = Double(found) / Double(replicates)
        print("a policy on \(base.confirm.count) confirm units: \(value) a unit is found in \(power)")
        #expect(abs(power - 0.8) < 0.05 + 2 * (0.16 / Double(replicates)).squareRoot())
    }
}
