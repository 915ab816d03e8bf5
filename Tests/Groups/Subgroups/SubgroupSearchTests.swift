import Experiments
import Groups
import Runtime
import Statistics
import Testing

@Suite struct SubgroupSearchTests {
    private static let one = RunContext(workers: Workers(count: 1))

    /// Units above the upper quartile of x at level b gain, those with the flag lose.
    private static let planted: @Sendable ([Float]) -> Double = { x in
        (x[0] > 0.67 && x[2] == 1 ? 1.5 : 0) - (x[3] == 1 ? 0.7 : 0)
    }

    @Test func plantedSubgroupsAreFound() throws {
        let experiment = SubgroupSample(units: 12_000, effect: Self.planted).make()
        let search = try SubgroupSearch.run(experiment, arm: 1, outcome: 0)
        let best = try #require(search.found.first { $0.direction == .best })
        let worst = try #require(search.found.first { $0.direction == .worst })
        #expect(best.text.contains("x > 0.6") && best.text.contains("level = b"))
        #expect(worst.text.contains("flag = 1"))
        #expect(best.holmAgainstRest < 0.001 && worst.holmAgainstRest < 0.001)
        #expect(worst.estimate.effect.effect < 0 && best.estimate.effect.effect > 0.8)
        // The other outcome gains 0.3 everywhere, and the decomposition says so.
        let other = try #require(best.decomposition.outcomes[1])
        #expect(abs(other.effect.effect - 0.3) < 4 * other.effect.standardError)
        #expect(best.decomposition.outcomes[0] == best.estimate)
        let importance = try CovariateImportance.rank(experiment, arm: 1, outcome: 0)
        #expect(importance.prefix(3).map(\.covariate).sorted() == ["flag", "level", "x"])
        #expect((importance.first { $0.covariate == "z" }?.holm ?? 0) > 0.01)
    }

    /// METHODS section 7: with no effect anywhere, the chance that any subgroup is called different, after Holm over all that
    /// were found, is at most 5%; estimates on units that did not choose them are unbiased and covered at 95%. 1,000
    /// experiments of 2,000 units.
    @Test func honestUnderNoEffect() throws {
        let replicates = 1000
        let found = try Workers().map(replicates) { replicate -> [SubgroupSearch.Found] in
            try SubgroupSearch.run(
                SubgroupSample(units: 2000, seed: UInt64(replicate + 1)).make(), arm: 1, outcome: 0,
                context: Self.one
            ).found
        }
        let wrong = Double(found.count { $0.contains { $0.holm < 0.05 } }) / Double(replicates)
        let apart = Double(found.count { $0.contains { $0.holmAgainstRest < 0.05 } }) / Double(replicates)
        let all = found.flatMap(\.self)
        let covered =
            Double(all.count { $0.estimate.effect.low <= 0 && 0 <= $0.estimate.effect.high }) / Double(all.count)
        let best = all.filter { $0.direction == .best }
        let flattering = best.reduce(0) { $0 + $1.choosing.effect.effect } / Double(best.count)
        let honest = best.reduce(0) { $0 + $1.estimate.effect.effect } / Double(best.count)
        print(
            "subgroups under no effect: any Holm p < 5% in \(wrong), against the rest \(apart); coverage \(covered) of \(all.count);",
            "best found show \(flattering) on the half that chose, \(honest) on the other")
        // 5% and four standard errors of 1,000.
        #expect(wrong < 0.0776 && apart < 0.0776)
        #expect(abs(covered - 0.95) < 0.02)
        #expect(flattering > 0.1 && abs(honest) < 0.02)
    }

    /// Where effects differ, intervals of what was found cover the mean effect of the subgroup's units: 95% +- 2 points over
    /// 500 experiments, with equal shares and with propensities that vary by unit.
    @Test(arguments: [false, true]) func honestUnderDifferingEffects(varies: Bool) throws {
        let replicates = 500
        // The truth in a subgroup is the mean effect over many fresh units.
        var stream = RandomStream(seed: 99)
        let fresh = (0..<40_000).map { _ in SubgroupSample.point(&stream) }
        let counts = try Workers().map(replicates) { replicate -> (covered: Int, all: Int) in
            var sample = SubgroupSample(units: 3000, seed: UInt64(replicate + 1), effect: Self.planted)
            sample.variesPropensity = varies
            let search = try SubgroupSearch.run(sample.make(), arm: 1, outcome: 0, context: Self.one)
            var covered = 0
            for found in search.found {
                var (sum, count) = (0.0, 0.0)
                for point in fresh
                where found.subgroup.conditions.allSatisfy({ $0.holds(point[$0.covariate]) }) {
                    sum += Self.planted(point)
                    count += 1
                }
                let truth = sum / count
                covered += found.estimate.effect.low <= truth && truth <= found.estimate.effect.high ? 1 : 0
            }
            return (covered, search.found.count)
        }
        let rate = Double(counts.reduce(0) { $0 + $1.covered }) / Double(counts.reduce(0) { $0 + $1.all })
        print("coverage of found subgroups, propensities \(varies ? "vary" : "equal"): \(rate)")
        #expect(abs(rate - 0.95) < 0.02)
    }

    @Test func workersDoNotMatter() throws {
        let experiment = SubgroupSample(units: 3000, effect: Self.planted).make()
        let alone = try SubgroupSearch.run(experiment, arm: 1, outcome: 0, context: Self.one)
        let together = try SubgroupSearch.run(
            experiment, arm: 1, outcome: 0, context: RunContext(workers: Workers(count: 3)))
        #expect(alone == together)
    }

    /// No unit of the confirm split is looked at.
    @Test func confirmIsLeftAlone() throws {
        let experiment = SubgroupSample(units: 3000, confirm: 0.4).make()
        let search = try SubgroupSearch.run(experiment, arm: 1, outcome: 0)
        #expect(search.choosingUnits + search.estimatingUnits == experiment.tuneCount)
    }

    @Test func tooFewUnitsFindNothing() throws {
        let search = try SubgroupSearch.run(SubgroupSample(units: 24).make(), arm: 1, outcome: 0)
        #expect(search.found.isEmpty && search.candidateCount == 0 && search.minimumUnits == 10)
    }

    /// One treated unit in ten: the smaller arm says how few units a subgroup may have.
    @Test func unequalSharesAreSearched() throws {
        var sample = SubgroupSample(units: 1400, share: 0.1) { $0[3] == 1 ? 4 : 0 }
        sample.hasRareLevel = true
        let search = try SubgroupSearch.run(sample.make(), arm: 1, outcome: 0)
        let fewest = try #require(search.minimumUnits)
        #expect(search.candidateCount > 20 && (10..<50).contains(fewest))
        #expect(search.found.first { $0.direction == .best }?.text.contains("flag = 1") == true)
    }

    /// flag = 1 and flag = 0 are one hypothesis: both have its adjusted p, and with no third one that is the p itself.
    @Test func complementsAreOneHypothesis() throws {
        let sample = SubgroupSample(units: 4000) { $0[3] == 1 ? 1 : 0 }.make()
        let experiment = Experiment.made(
            assignment: sample.assignment, covariates: [sample.covariates[3]],
            outcomes: [("y", (0..<4000).map { sample.outcomes[0].observed.value($0) })], keys: sample.units.keys)
        let search = try SubgroupSearch.run(experiment, arm: 1, outcome: 0)
        #expect(search.found.map(\.text) == ["flag = 1", "flag = 0"])
        for found in search.found {
            let p = try #require(found.estimate.againstRest).p
            // The complement's own p differs by the rounding of its sums.
            #expect(p > 0 && abs(found.holmAgainstRest / p - 1) < 1e-4)
            #expect(found.falseDiscoveryAgainstRest == found.holmAgainstRest)
        }
        let differences = search.found.compactMap(\.estimate.againstRest?.difference)
        #expect(abs(differences.reduce(0, +)) < 1e-12)
    }

    /// One level of three loses: the best subgroup is everybody but that level.
    @Test func aLevelIsLeftOut() throws {
        let experiment = SubgroupSample(units: 12_000) { $0[2] == 1 ? -2 : 0 }.make()
        let search = try SubgroupSearch.run(experiment, arm: 1, outcome: 0, settings: SubgroupSettings(depth: 1))
        #expect(search.found.map(\.text).contains("level is not b"))
        let best = try #require(search.found.first { $0.direction == .best })
        let worst = try #require(search.found.first { $0.direction == .worst })
        #expect(best.text == "level is not b" && worst.text == "level = b")
        #expect(best.holmAgainstRest == worst.holmAgainstRest)
    }
}
