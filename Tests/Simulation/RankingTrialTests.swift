import Foundation
import Ranking
import Simulation
import Statistics
import Testing

@Suite struct RankingTrialTests {
    /// Moments that follow from the definitions: E spl(z) for z ~ N(0, 1.25) is .8314 (quadrature), and the fair coin.
    @Test func familiesAreAsDefined() throws {
        for family in RankingFamily.allCases {
            var stream = RandomStream(seed: 3)
            let drawn = family.draw(units: 20_000, from: &stream)
            var again = RandomStream(seed: 3)
            #expect(family.draw(units: 20_000, from: &again).value == drawn.value)
            let treated = drawn.treated.indices.filter { drawn.treated[$0] }
            #expect(abs(Double(treated.count) / 20_000 - 0.5) < 0.016)
            func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
            switch family {
            case .base, .noisyValue, .noisyCost, .nonlinearBaseline:
                #expect(abs(mean(drawn.valueEffects) - 0.8314) < 0.02)
                #expect(abs(mean(drawn.costEffects) - 0.8314) < 0.02)
            case .flatCost: #expect(drawn.costEffects.allSatisfy { abs($0 - 0.8) < 1e-12 })
            case .costNearZero: #expect(drawn.costEffects.min()! < 0.01)
            case .linearIndex:
                #expect(zip(drawn.valueEffects, drawn.costEffects).allSatisfy { $0 / $1 > 0.1 - 1e-9 })
                #expect(drawn.costEffects.max()! < 5.6 + 1e-9)
            case .binary:
                #expect(drawn.value.allSatisfy { $0 == 0 || $0 == 1 } && drawn.cost.allSatisfy { $0 == 0 || $0 == 1 })
                #expect(drawn.costEffects.min()! < 0)
            }
            // The experiment sees the mean effect, up to five standard errors.
            let control = drawn.treated.indices.filter { !drawn.treated[$0] }
            let (own, other) = (Moments(treated.map { drawn.value[$0] }), Moments(control.map { drawn.value[$0] }))
            let error = (own.variance / Double(own.count) + other.variance / Double(other.count)).squareRoot()
            #expect(abs(own.mean - other.mean - mean(drawn.valueEffects)) < 5 * error)
        }
    }

    /// The bars of the table, on a few seeds; `espalier-bench ranking` prints all ten. With three seeds the default is let
    /// down to .95 of the best.
    @Test(arguments: RankingFamily.allCases) func theDefaultRankerIsNearTheBest(family: RankingFamily) throws {
        var residualised = DirectRanker.Settings()
        residualised.isResidualised = true
        let trial = try RankingTrial(
            family, rankers: [EffectRatioRanker(), DirectRanker(), DirectRanker(residualised)], units: 2_000,
            seeds: 0..<3)
        let means = trial.means
        if family != .noisyValue { #expect(means[0] >= 0.95 * means.max()!, "\(means)") }
        if family == .nonlinearBaseline { #expect(means[2] > means[1], "\(means)") }
        #expect(zip(trial.oracle, trial.areas[0]).allSatisfy { $0 >= $1 })
        #expect(means[0] > 0.6)
    }

    /// Five equal signs of one comparison: two of 32 patterns are as far from 0. A comparison of noise beside it changes
    /// that little; one of ten equal signs is found among four.
    @Test func signFlips() {
        let same = PairedDifference.all([[0.1, 0.2, 0.15, 0.12, 0.3]])
        #expect(same[0].p == 2.0 / 32 && abs(same[0].mean - 0.174) < 1e-12)
        var stream = RandomStream(seed: 1)
        let noise = (0..<3).map { _ in (0..<10).map { _ in stream.normal() } }
        let joint = PairedDifference.all([(0..<10).map { 1 + 0.1 * Double($0 % 3) }] + noise)
        #expect(joint[0].p < 0.01 && joint.dropFirst().allSatisfy { $0.p > 0.05 })
        #expect(PairedDifference.all([[0, 0, 0]])[0].p == 1)
        let many = (0..<20).map { _ in 1 + stream.normal() }
        #expect(PairedDifference.all([many])[0].p < 0.05)
    }

    /// The default ranker from tune to confirm, and few clusters; the figures over 500 experiments are the bench's.
    @Test func intervalsOnConfirmAndByClustersCover() throws {
        let budget = try BudgetCoverage(.base, units: 1_500, experiments: 50, replicates: 200)
        #expect(budget.bounded == 50 && [budget.areaCovered, budget.shareCovered, budget.costCovered].min()! >= 42)
        let clusters = try ClusterCurveCoverage(
            clusters: 40, unitsPerCluster: 20, experiments: 50, replicates: 200)
        #expect(clusters.value >= 0.84 && clusters.valueByUnits < clusters.value)
    }

    /// 95% intervals; fewer than 42 of 50 has probability .001 at a coverage of .95.
    @Test func intervalsCover() throws {
        let coverage = try AreaCoverage(.base, units: 2_000, experiments: 50, replicates: 200)
        #expect(coverage.bounded == 50 && coverage.areaCovered >= 42 && coverage.valueCovered >= 42)
    }
}
