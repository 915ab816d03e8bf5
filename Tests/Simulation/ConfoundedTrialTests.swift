import Foundation
import Ranking
import Runtime
import Simulation
import Statistics
import Testing

/// Rankers under a confounder that nobody measured.
@Suite struct ConfoundedTrialTests {
    /// Three columns with known products: what u explains of y given x is 16/25 by construction.
    @Test func strengthsAreSharesOfResidualVariance() {
        let x: [Double] = [1, 1, -1, -1, 1, 1, -1, -1]
        let u: [Double] = [1, -1, 1, -1, 1, -1, 1, -1]
        let e: [Double] = [1, 1, 1, 1, -1, -1, -1, -1]
        let zero: [Double] = [1, -1, -1, 1, 1, -1, -1, 1]
        let arm = zip(u, zero).map { 0.6 * $0 + 0.8 * $1 }
        // Given the arm, u has 0.64 of its variance left.
        let value = zip(zip(x, u), e).map { 5 * $0.0 + 4 * $0.1 + 3 * $1 }
        let strength = ConfounderStrength(u, arm: arm, value: value, covariates: [x])
        #expect(abs(strength.arm - 0.36) < 1e-9)
        // 16 x 0.64 / (16 x 0.64 + 9).
        #expect(abs(strength.value - 10.24 / 19.24) < 1e-9)
    }

    /// What the family is: without a confounder a unit's arm depends on x3 alone; with one the treated have the higher u, and the
    /// effects stay those of the base family.
    @Test func theFamilyIsAsDefined() {
        for strength in [0, 1.0] {
            var stream = RandomStream(seed: 2)
            let drawn = ConfoundedFamily(strength: strength).draw(units: 40_000, from: &stream)
            let units = drawn.observed
            func difference(_ column: (Int) -> Double) -> Double {
                let (own, other) = (
                    Moments(units.treated.indices.filter { units.treated[$0] }.map(column)),
                    Moments(units.treated.indices.filter { !units.treated[$0] }.map(column))
                )
                return own.mean - other.mean
            }
            #expect(difference { units.features[$0, 3] } > 0.3)
            #expect(abs(difference { units.features[$0, 0] }) < 0.05)
            let gap = difference { drawn.confounder[$0] }
            #expect(strength == 0 ? abs(gap) < 0.05 : gap > 0.6)
            #expect(abs(Moments(units.valueEffects).mean - 0.8314) < 0.02)
        }
    }

    /// With nothing unmeasured intervals cover and the effect is right; with a strong confounder rankers say more than is true, at
    /// every ranker, intervals miss, and the true areas fall. Fewer than 10 of 16 experiments covering has probability 1e-5 at .95.
    @Test func rankersAreMisledAsItGrows() throws {
        let rankers: [any Ranker] = [EffectRatioRanker(), DirectRanker()]
        let trials = try [0, 2.0].map {
            try ConfoundedTrial(
                ConfoundedFamily(strength: $0), units: 1_500, experiments: 16, seed: 3, rankers: rankers)
        }
        let (clean, strong) = (trials[0], trials[1])
        #expect(clean.confounder.arm < 1e-3 && clean.confounder.value < 1e-3)
        #expect(strong.confounder.arm > 0.2 && strong.confounder.value > 0.1)
        #expect(abs(clean.sensitivity.effect - clean.sensitivity.trueEffect) < 0.1)
        #expect(strong.sensitivity.effect > strong.sensitivity.trueEffect + 0.5)
        // The bias makes the effect look the more robust.
        #expect(strong.sensitivity.robustness > clean.sensitivity.robustness)
        for (before, after) in zip(clean.rows, strong.rows) {
            #expect(try #require(before.valueCoverage) >= 10.0 / 16 && abs(before.value - before.trueValue) < 0.1)
            #expect(try #require(after.valueCoverage) < 0.5 && after.value > after.trueValue + 0.2)
            #expect(after.trueArea < before.trueArea)
        }
    }

    @Test func threadsDoNotChangeABit() throws {
        func trial(_ threads: Int) throws -> ConfoundedTrial {
            try ConfoundedTrial(
                ConfoundedFamily(strength: 1), units: 400, experiments: 3, seed: 5, rankers: [EffectRatioRanker(.dr)],
                context: RunContext(workers: Workers(count: threads)))
        }
        #expect(try trial(1) == trial(2))
    }
}
