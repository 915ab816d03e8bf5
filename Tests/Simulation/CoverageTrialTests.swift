import Runtime
import Simulation
import Testing

/// The small version of `espalier-bench coverage`: 150 experiments each, whose shares have a standard error of about 2 points;
/// four of those are allowed here, and the figures proper come from 2,000 experiments.
@Suite struct CoverageTrialTests {
    @Test func confirmIntervalsOfPicksCover() throws {
        let tally = try CoverageTally.run(CoverageTrial(units: 2_000, strength: 1, lines: 60), count: 150)
        #expect(tally.experiments == 150 && tally.intervals > 300)
        #expect(abs(tally.share(ofIntervals: tally.confirmCovered) - 0.95) < 0.06)
        #expect(abs(tally.share(ofExperiments: tally.confirmJointly) - 0.95) < 0.07)
    }

    /// Nothing works, yet the best pick promises something: its tune interval covers too seldom, that on confirm does not.
    @Test func tuneOverPromisesWhereThereIsNothing() throws {
        let tally = try CoverageTally.run(CoverageTrial(units: 2_000, strength: 0, lines: 60), count: 150)
        #expect(tally.share(ofExperiments: tally.bestOnTune) < 0.85)
        #expect(tally.share(ofExperiments: tally.bestOnConfirm) > 0.88)
        #expect(tally.share(ofIntervals: tally.confirmCovered) > 0.89)
    }

    @Test func threadsDoNotMatter() throws {
        let trial = CoverageTrial(units: 800, strength: 1, lines: 16)
        #expect(
            try CoverageTally.run(trial, count: 6, workers: Workers(count: 1))
                == CoverageTally.run(trial, count: 6, workers: Workers(count: 2)))
    }
}
