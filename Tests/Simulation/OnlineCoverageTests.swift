import Runtime
import Simulation
import Testing

/// The small version of `espalier-bench online coverage`, whose 1,000 runs give the figures proper.
@Suite struct OnlineCoverageTests {
    /// Two binomial standard errors of 150 runs are let go, three where the goal is a band.
    @Test(arguments: OnlineCoverage.allCases) func whatIsToldHolds(_ claim: OnlineCoverage) throws {
        let runs = 150
        let (share, claims) = try claim.measure(runs: runs, context: RunContext())
        let error = (0.05 * 0.95 / Double(runs)).squareRoot()
        #expect(claims > runs / 2, "\(claim)")
        #expect(share >= claim.goal.lowerBound - 2 * error && share <= claim.goal.upperBound + 3 * error, "\(claim)")
    }

    /// What is said of the policy that is most likely best is true about as often, within .07 and two standard errors.
    @Test func theBestIsToldAsOftenAsItIs() {
        let best = OnlineCoverage.bestProbability(runs: 400)
        #expect(abs(best.told - best.frequency) < 0.07 + 2 * (0.25 / 400.0).squareRoot())
    }
}

/// The small version of `espalier-bench online`, whose 20 seeds and full rounds give the figures proper.
@Suite struct OnlineTrialTests {
    /// Where the log and the truth agree in part, two rounds reach more than stopping at the picks does, in the mean of four seeds;
    /// the same seed does the same.
    @Test func twoRoundsAreWorthIt() throws {
        var gains: [Double] = []
        for seed in 1...4 as ClosedRange<UInt64> {
            var trial = OnlineTrial(OnlineWorld(correlation: 0, seed: seed), seed: seed)
            trial.users = 2_000
            trial.logUnits = 4_000
            let shares = try trial.run([.stopping, .rows], rounds: 2, context: RunContext())
            let rows = try #require(shares[.rows]?[1])
            gains.append(rows - (shares[.stopping]?[1] ?? 1))
            if seed == 1 {
                #expect(try trial.run([.rows], rounds: 2, context: RunContext())[.rows]?[1] == rows)
            }
        }
        #expect(gains.reduce(0, +) / Double(gains.count) > 0.05)
    }
}
