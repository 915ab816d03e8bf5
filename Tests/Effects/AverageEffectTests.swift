import Effects
import Experiments
import Statistics
import Testing

@Suite struct AverageEffectTests {
    private func experiment(
        _ outcome: [Double], _ assignment: [UInt8], costs: [Double] = [], propensities: [[Float]]? = nil
    ) -> Experiment {
        let made = SimulatedExperiment(units: outcome.count, armCosts: costs).make()
        return made.replacing(
            outcomes: [
                Outcome(
                    name: "y", direction: .maximize, threshold: nil, armCosts: costs, observed: ScaledColumn(outcome))
            ],
            covariates: [], assignment: assignment, propensity: propensities.map { .columns($0) })
    }

    /// By hand: means 2 and 6.5, variances 1 and 5/3, SE^2 = 1/3 + 5/12 = 0.75.
    @Test func smallNumbersByHand() throws {
        let made = experiment([1, 2, 3, 5, 6, 7, 8], [0, 0, 0, 1, 1, 1, 1], costs: [0.25, 0.75])
        let effect = try #require(AverageEffect.estimate(made, over: made.tune).first)
        #expect(effect.controlCount == 3 && effect.armCount == 4)
        #expect(abs(effect.controlMean - 1.75) < 1e-6 && abs(effect.armMean - 5.75) < 1e-6)
        #expect(abs(effect.difference.effect - 4) < 1e-6)
        #expect(abs(effect.difference.standardError - 0.75.squareRoot()) < 1e-6)
        let freedom = 0.75 * 0.75 / (1.0 / 9 / 2 + 25.0 / 144 / 3)
        let reach = StudentT.quantile(0.975, degreesOfFreedom: freedom) * 0.75.squareRoot()
        #expect(abs(effect.difference.low - (4 - reach)) < 1e-5)
        // V0 = 1.75, SE(V0) = 0.577: just above 3 SE. r = 4/1.75, SE^2 = (5/12 + (5.75/1.75)^2/3)/1.75^2.
        let lift = try #require(effect.lift)
        #expect(abs(lift.value - 4 / 1.75) < 1e-6)
        let ratio = 5.75 / 1.75
        #expect(abs(lift.standardError - (5.0 / 12 + ratio * ratio / 3).squareRoot() / 1.75) < 1e-6)
    }

    @Test func aLiftOverABaseNearZeroIsNotSaid() throws {
        let made = experiment([-1, 0, 1.1, 5, 6, 7, 8], [0, 0, 0, 1, 1, 1, 1])
        #expect(AverageEffect.estimate(made, over: made.tune)[0].lift == nil)
        // A control that never has the outcome: what is left of it is the rounding of the stored values.
        let never = experiment([0, 0, 0, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1, 1])
        let effect = AverageEffect.estimate(never, over: never.tune)[0]
        #expect(effect.controlMean == 0 && effect.lift == nil)
    }

    /// The delta method against the spread of simulated lifts, over a negative base too.
    @Test(arguments: [5.0, -5.0]) func liftErrorsAreTheSpreadOfLifts(base: Double) throws {
        var (lifts, errors) = (Moments(), Moments())
        var stream = RandomStream(seed: 4)
        let assignment = (0..<400).map { UInt8($0 % 2) }
        for _ in 0..<Growing.replicates(2_000) {
            let made = experiment(
                assignment.map { base + ($0 == 1 ? 4 : 0) + 3 * stream.normal() }, assignment)
            let lift = try #require(AverageEffect.estimate(made, over: made.tune)[0].lift)
            lifts.add(lift.value)
            errors.add(lift.standardError)
        }
        #expect(abs(errors.mean / lifts.standardDeviation - 1) < (Growing.isRelease ? 0.06 : 0.2))
    }

    /// METHODS section 1: an outcome around 1e9 and one around 1e-3 both keep 6 significant digits.
    @Test(arguments: [(1e9, 1e4), (1e9, 1e8), (1e-3, 1e-4), (0, 1)]) func scaleIsKept(centre: Double, spread: Double) {
        var stream = RandomStream(seed: 12)
        let assignment = (0..<2_000).map { _ in UInt8(stream.index(below: 2)) }
        let values = assignment.map { centre + spread * (stream.normal() + ($0 == 1 ? 1 : 0)) }
        let made = experiment(values, assignment)
        let effect = AverageEffect.estimate(made, over: made.tune)[0]
        var moments = [Moments(), Moments()]
        for (value, arm) in zip(values, assignment) { moments[Int(arm)].add(value) }
        #expect(abs(effect.difference.effect / (moments[1].mean - moments[0].mean) - 1) < 1e-6)
        let error = (moments[0].variance / Double(moments[0].count) + moments[1].variance / Double(moments[1].count))
            .squareRoot()
        #expect(abs(effect.difference.standardError / error - 1) < 1e-6)
        #expect(abs(effect.controlMean - moments[0].mean) <= 1e-6 * max(abs(moments[0].mean), spread))
    }

    /// Hajek by hand with weights 1/e: (1/.5 * 1 + 1/.25 * 4)/(2 + 4) = 3 for the arm, 2 for control.
    @Test func propensitiesWeightTheMeans() {
        let made = experiment(
            [2, 2, 1, 4], [0, 0, 1, 1], propensities: [[0.5, 0.5, 0.5, 0.75], [0.5, 0.5, 0.5, 0.25]])
        let effect = AverageEffect.estimate(made, over: made.tune)[0]
        #expect(abs(effect.armMean - 3) < 1e-6 && abs(effect.controlMean - 2) < 1e-6)
        // Influence function: sum omega^2 (y - 3)^2 = 4 * 4 + 16 * 1 = 32, over 36, times n/(n - 1) = 2. Control shows no
        // variance and takes the arm's, 64/36 * 36/20 = 3.2, times (4 + 4)/16.
        let variance = effect.difference.standardError * effect.difference.standardError
        #expect(abs(variance - (64.0 / 36 + 1.6)) < 1e-5)
        #expect(effect.isEstimable)
    }

    @Test func intervalsCoverUnderVaryingPropensities() {
        var covered = 0
        let replicates = Growing.replicates(1_000)
        for seed in 1...UInt64(replicates) {
            let made = SimulatedExperiment(
                units: 1_000, covariates: 2, seed: seed, variesPropensity: true, effect: { _, x in x[0] > 0 ? 2 : 0 }
            ).make()
            let difference = AverageEffect.estimate(made, over: made.tune)[0].difference
            covered += difference.low <= 1 && 1 <= difference.high ? 1 : 0
        }
        print("coverage of weighted average effects: \(Double(covered) / Double(replicates))")
        #expect(abs(Double(covered) / Double(replicates) - 0.95) < (Growing.isRelease ? 0.02 : 0.06))
    }

    @Test func rangesAreKeptApart() {
        let made = SimulatedExperiment(units: 3_000, confirm: 0.3, effect: { _, _ in 1 }).make()
        let parts = [made.tune, made.confirm, 0..<made.unitCount].map { AverageEffect.estimate(made, over: $0)[0] }
        #expect(parts[0].armCount + parts[1].armCount == parts[2].armCount)
        #expect(parts[0].difference != parts[1].difference)
    }
}
