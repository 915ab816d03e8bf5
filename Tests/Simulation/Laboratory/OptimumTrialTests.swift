import Allocation
import Runtime
import Simulation
import Testing

@Suite struct OptimumTrialTests {
    /// The short form of `espalier-bench optimum`, whose 400 experiments covered .925, .925 and .9475 and removed 84 and 67% of
    /// the optimism of objective and binding limit. Fifty know a coverage to .04.
    @Test(arguments: CohortEffects.allCases) func correctedIntervalsCover(effects: CohortEffects) throws {
        var trial = OptimumTrial()
        trial.effects = effects
        trial.resamples = 50
        let tally = try OptimumTally.run(trial, count: 50)
        for coverage in tally.coverage { #expect(coverage >= 0.82) }
        // The objective looks better than it is, the cost that binds smaller than it is.
        #expect(tally.optimism[0] > 0 && tally.optimism[1] < 0)
        #expect(tally.removed[0] > 0.6 && tally.removed[0] < 1.2)
    }
}
