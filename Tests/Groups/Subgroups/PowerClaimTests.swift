import Effects
import Experiments
import Groups
import Runtime
import Testing

/// What `advise` calls 80% power is, to five points, the share of simulated experiments in which the test sees it.
@Suite struct PowerClaimTests {
    @Test(arguments: [(600, 0.5), (2_400, 0.5), (2_000, 0.2), (3_000, 0.1)])
    func analysisOfVariance(units: Int, share: Double) throws {
        // The outcome varies by x and noise, the effect by z.
        let size = try ExperimentSize(
            units: units, shares: [1 - share, share], covariates: 4, noise: (0.25 + 1.0).squareRoot())
        let difference = try #require(MethodFamily.anova.neededDifference(size))
        let replicates = 600
        let seen = try Workers().map(replicates) { replicate -> Bool in
            let sample = SubgroupSample(units: units, seed: UInt64(replicate + 1), share: share) {
                $0[1] > 0 ? difference / 2 : -difference / 2
            }
            let experiment = sample.make()
            let by = [Dimension(experiment, covariate: 1, units: experiment.tune)]
            let terms = try EffectVariance.analyse(
                experiment, arm: 1, outcome: 0, by: by, units: experiment.tune
            ).terms
            return (terms.first?.robust.p ?? 1) < 0.05
        }.count { $0 }
        let power = Double(seen) / Double(replicates)
        print("ANOVA, \(units) units, share \(share): sees \(difference) in \(power)")
        // Five points and two standard errors.
        #expect(abs(power - 0.8) < 0.083)
    }
}
