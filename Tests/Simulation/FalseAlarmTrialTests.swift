import Effects
import Runtime
import Simulation
import Testing

/// The small version of `espalier-bench alarms`, whose 1,000 experiments give the figure proper.
@Suite struct FalseAlarmTrialTests {
    private static let t = NamedLearner("t", TLearner())

    /// Arms that do nothing, small experiments, the T-learner alone with Holm over its pairs: where the test would err first.
    /// If 5% are reported, more than 14 of 150 are in 0.8% of runs, and if 10% are, in 54% (binomial). Seen: 8; scores by
    /// outcome models of either arm, which `TestScores` avoids, had 15.
    @Test func fewExperimentsWithoutEffectAreReported() throws {
        let tally = try FalseAlarmTally.run(FalseAlarmTrial(units: 600, learners: [Self.t]), count: 150)
        print(
            "no effect: \(tally.reported) of \(tally.experiments) reported, by noise \(tally.byNoise); statistic mean "
                + "\(tally.mean), sd \(tally.standardDeviation)")
        #expect(tally.experiments == 150 && tally.reported <= 14)
        #expect(abs(tally.mean) < 0.25 && abs(tally.standardDeviation - 1) < 0.15)
    }

    @Test func threadsDoNotMatter() throws {
        let trial = FalseAlarmTrial(units: 300, learners: [Self.t, NamedLearner("x", XLearner())])
        let (one, two) = (
            try FalseAlarmTally.run(trial, count: 6, workers: Workers(count: 1)),
            try FalseAlarmTally.run(trial, count: 6, workers: Workers(count: 2))
        )
        #expect(one.mean == two.mean && one.reportedAlone == two.reportedAlone)
    }
}
