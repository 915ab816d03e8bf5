import Effects
import Simulation
import Statistics
import Testing

/// The small version of `espalier-bench alarms`, whose 1,000 experiments give the figure proper.
@Suite struct FalseAlarmTrialTests {
    /// Arms that do nothing, by the T-learner alone, Holm over its pairs: the least guarded rule there is. If 5% were
    /// reported, more than 17 of 150 would be in 2 of 1,000 runs (binomial); averages of out-of-fold statistics, which the
    /// test of the product avoids, report about twice as many as they may.
    @Test func fewExperimentsWithoutEffectAreReported() throws {
        let tally = try FalseAlarmTally.run(FalseAlarmTrial(units: 600, learners: [.t]), count: 150)
        print(
            "no effect: \(tally.reported) of \(tally.experiments) reported, by noise \(tally.byNoise); statistic mean "
                + "\(tally.mean), sd \(tally.standardDeviation)")
        #expect(tally.experiments == 150 && tally.reported <= 17)
        #expect(abs(tally.mean) < 0.25 && abs(tally.standardDeviation - 1) < 0.15)
    }

    @Test func threadsDoNotMatter() throws {
        let trial = FalseAlarmTrial(units: 300, learners: [.t, .x])
        let (one, two) = (
            try FalseAlarmTally.run(trial, count: 6, workers: Workers(count: 1)),
            try FalseAlarmTally.run(trial, count: 6, workers: Workers(count: 2))
        )
        #expect(one.mean == two.mean && one.reportedAlone == two.reportedAlone)
    }
}
