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
        let difference = try #require(try MethodFamily.anova.neededDifference(size))
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

    /// An effect in the upper half of z and none below, by quarters: one of the two above is found after Holm over the four.
    @Test(arguments: [(800, 0.5), (2_400, 0.5), (4_000, 0.1)])
    func drillDown(units: Int, share: Double) throws {
        let size = try Self.size(units, share)
        let effect = try #require(try MethodFamily.drillDown.neededDifference(size))
        let power = try Self.power(
            units, share, effect: { $0[1] > 0 ? effect : 0 },
            isFound: { experiment in
                try EffectDrillDown.run(
                    experiment, arm: 1, outcome: 0, by: [1], context: RunContext(workers: Workers(count: 1))
                ).cells.suffix(2).contains { ($0.holm ?? 1) < 0.05 }
            })
        print("drill-down, \(units) units, share \(share): sees \(effect) in \(power)")
        #expect(abs(power - 0.8) < 0.083)
    }

    /// A quarter that was named in advance: its effect, and how that differs from everybody else's.
    @Test(arguments: [false, true])
    func namedQuarter(isDifference: Bool) throws {
        let size = try Self.size(2_000, 0.3)
        let own = try #require(MinimumDetectableEffect(size).subgroups.first { $0.share == 0.25 })
        let effect = isDifference ? own.difference : own.effect
        let upper: Float = 0.6744898
        let power = try Self.power(
            2_000, 0.3, effect: { $0[1] > upper ? effect : 0 },
            isFound: { experiment in
                let cell = try #require(
                    try EffectDrillDown.run(
                        experiment, arm: 1, outcome: 0, by: [1], context: RunContext(workers: Workers(count: 1))
                    ).cells.last?.estimate)
                return (isDifference ? cell.againstRest?.p ?? 1 : cell.p) < 0.05
            })
        print("named quarter, \(isDifference ? "difference" : "effect"): sees \(effect) in \(power)")
        #expect(abs(power - 0.8) < 0.083)
    }

    /// The outcome varies by x and noise.
    private static func size(_ units: Int, _ share: Double) throws -> ExperimentSize {
        try ExperimentSize(
            units: units, shares: [1 - share, share], covariates: 4, noise: (0.25 + 1.0).squareRoot())
    }

    private static func power(
        _ units: Int, _ share: Double, effect: @escaping @Sendable ([Float]) -> Double,
        isFound: @Sendable (Experiment) throws -> Bool
    ) throws -> Double {
        let replicates = 600
        return Double(
            try Workers().map(replicates) { replicate in
                let sample = SubgroupSample(units: units, seed: UInt64(replicate + 1), share: share, effect: effect)
                return try isFound(sample.make())
            }.count { $0 }) / Double(replicates)
    }
}
