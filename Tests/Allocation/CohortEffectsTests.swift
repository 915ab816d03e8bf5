import Allocation
import Statistics
import Testing

@Suite struct CohortEffectsTests {
    /// Two leaves for arm 1 (cohorts 0, 1 and cohort 2), one for arm 2; a few units by hand.
    private let values: [[[Double]]] = [
        [[1, 3], [4, 6], [0, 2, 4]],
        [[2, 2, 5], [8, 10], [1, 3]],
        [[0, 4], [5, 9], [2, 6]],
    ]
    private let leaves = CohortLeaves(leafOf: [[[0, 0, 1], [0, 0, 0]]])

    private var sums: CohortSums {
        var sums = CohortSums(cohortCount: 3, armCount: 3, outcomeCount: 1)
        for (cohort, arms) in values.enumerated() {
            for (arm, values) in arms.enumerated() {
                for value in values { sums.add(value, outcome: 0, cohort: cohort, arm: arm) }
            }
        }
        return sums
    }

    private func moments(_ arm: Int, _ cohorts: [Int]) -> Moments { Moments(cohorts.flatMap { values[$0][arm] }) }

    @Test func inheritedEffectsAreTheLeaves() throws {
        let effects = CohortEffects.inherited.estimate(sums, leaves: leaves, names: ["y"])[0]
        let first = moments(1, [0, 1]).mean - moments(0, [0, 1]).mean
        let last = moments(1, [2]).mean - moments(0, [2]).mean
        let second = moments(2, [0, 1, 2]).mean - moments(0, [0, 1, 2]).mean
        let expected = [0, first, second, 0, first, second, 0, last, second]
        #expect(zip(effects.means, expected).allSatisfy { abs($0 - $1) < 1e-12 })
        let errors = try #require(effects.errors)
        func variance(_ arm: Int, _ cohorts: [Int]) -> Double {
            let moments = moments(arm, cohorts)
            return moments.variance / Double(moments.count)
        }
        let covariance = errors.leafCovariance
        #expect(abs(covariance[0, 0] - variance(1, [0, 1]) - variance(0, [0, 1])) < 1e-12)
        #expect(abs(covariance[2, 2] - variance(2, [0, 1, 2]) - variance(0, [0, 1, 2])) < 1e-12)
        #expect(covariance[0, 1] == 0)
        // Leaves 0 of arm 1 and of arm 2 share the control units of cohorts 0 and 1: 5 of 5 and 5 of 7.
        let within = moments(0, [0]).deviations + moments(0, [1]).deviations
        #expect(abs(covariance[0, 2] - within / 3 * 5 / (5 * 7)) < 1e-12)
        #expect(covariance[2, 0] == covariance[0, 2])
    }

    @Test func shrunkEffectsFollowTheFormula() throws {
        let effects = CohortEffects.shrunk.estimate(sums, leaves: leaves, names: ["y"])[0]
        let errors = try #require(effects.errors)
        // Arm 2, one leaf of three cohorts.
        let cohorts = [0, 1, 2]
        let deviations = cohorts.reduce(0.0) { $0 + moments(0, [$1]).deviations + moments(2, [$1]).deviations }
        let units = cohorts.reduce(0) { $0 + values[$1][0].count + values[$1][2].count }
        let pooled = deviations / Double(units - 6)
        let t = cohorts.map { moments(2, [$0]).mean - moments(0, [$0]).mean }
        let v = cohorts.map { pooled * (1 / Double(values[$0][0].count) + 1 / Double(values[$0][2].count)) }
        let precision = v.reduce(0) { $0 + 1 / $1 }
        let mean = zip(t, v).reduce(0) { $0 + $1.0 / $1.1 } / precision
        let q = zip(t, v).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) / $1.1 }
        let d2 = max(0, (q - 2) / (precision - v.reduce(0) { $0 + 1 / ($1 * $1) } / precision))
        let leaf = moments(2, cohorts).mean - moments(0, cohorts).mean
        for cohort in cohorts {
            let kept = d2 / (d2 + v[cohort])
            let cell = 3 * cohort + 2
            #expect(abs(effects.means[cell] - (leaf + kept * (t[cohort] - leaf))) < 1e-12)
            #expect(abs(errors.own[cell] - kept * v[cohort]) < 1e-12)
            #expect(abs(errors.loading[cell] - (1 - kept)) < 1e-12)
        }
        // A leaf of one cohort has nothing to shrink.
        #expect(abs(effects.means[7] - (moments(1, [2]).mean - moments(0, [2]).mean)) < 1e-12)
    }

    /// Own units that differ by far more than their error keep nearly all of it; without differences nothing is kept.
    @Test func shrinksByTheError() {
        var stream = RandomStream(seed: 4, purpose: "shrinkage")
        for (spread, range) in [(10.0, 0.95...1.05), (0.0, -0.2...0.2)] {
            var sums = CohortSums(cohortCount: 8, armCount: 2, outcomeCount: 1)
            for cohort in 0..<8 {
                for unit in 0..<400 {
                    let value = stream.normal() + (unit % 2 == 1 ? spread * Double(cohort) : 0)
                    sums.add(value, outcome: 0, cohort: cohort, arm: unit % 2)
                }
            }
            let effects = CohortEffects.shrunk.estimate(
                sums, leaves: CohortLeaves(leafOf: [[Array(repeating: 0, count: 8)]]), names: ["y"])[0]
            let difference = effects.means[15] - effects.means[1]
            #expect(range.contains(spread > 0 ? difference / (7 * spread) : difference))
        }
    }

    /// Weights of 2 for every unit change nothing; a leaf without control has the population's effect.
    @Test func weightsAreRelative() throws {
        let plain = sums
        var doubled = CohortSums(cohortCount: 3, armCount: 3, outcomeCount: 1)
        for (cohort, arms) in values.enumerated() {
            for (arm, values) in arms.enumerated() {
                for value in values { doubled.add(value, outcome: 0, cohort: cohort, arm: arm, weight: 2) }
            }
        }
        for source in CohortEffects.allCases {
            let a = source.estimate(plain, leaves: leaves, names: ["y"])[0]
            let b = source.estimate(doubled, leaves: leaves, names: ["y"])[0]
            #expect(zip(a.means, b.means).allSatisfy { abs($0 - $1) < 1e-12 })
            let variances = zip(a.errors?.variances ?? [], b.errors?.variances ?? [.nan])
            #expect(variances.allSatisfy { abs($0 - $1) < 1e-12 })
        }
        var bare = CohortSums(cohortCount: 2, armCount: 2, outcomeCount: 1)
        for (value, cohort, arm) in [(1.0, 0, 0), (4.0, 0, 1), (8.0, 1, 1)] {
            bare.add(value, outcome: 0, cohort: cohort, arm: arm)
        }
        let effects = CohortEffects.shrunk.estimate(
            bare, leaves: CohortLeaves(cohorts: 2, arms: 2, outcomes: 1), names: ["y"])[0]
        #expect(effects.means == [0, 3, 0, 5])
    }
}
