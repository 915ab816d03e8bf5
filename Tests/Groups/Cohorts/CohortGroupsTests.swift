import Effects
import Experiments
import Groups
import Testing

/// Merged cohorts in few groups.
@Suite struct CohortGroupsTests {
    private let sample: CohortSample
    private let merged: CohortGrouping

    init() throws {
        sample = try CohortSample()
        merged = CohortGrouping(
            kind: .merged, trees: sample.trees, covariates: sample.descriptions, table: sample.table)
    }

    @Test(arguments: [1, 2, 5, 12]) func groupsAreFewAndDivideTheUnits(most: Int) {
        #expect(sample.table.rows.count > 12)
        let groups = CohortGroups(merged, atMost: most)
        #expect((1...most).contains(groups.table.rows.count))
        #expect(groups.groupOf.count == sample.table.rows.count)
        for (group, row) in groups.table.rows.enumerated() {
            let cohorts = groups.cohorts(of: group)
            #expect(!cohorts.isEmpty)
            #expect(row.units == cohorts.reduce(0) { $0 + sample.table.rows[$1].units })
        }
        #expect(groups.table.rows.reduce(0) { $0 + $1.units } == sample.table.rows.reduce(0) { $0 + $1.units })
        let units = groups.table.rows.map(\.units)
        #expect(units == units.sorted(by: >))
    }

    /// What parts the cohorts most is kept: in the sample the second outcome turns at x1 = 0.
    @Test func theSplitsThatTellMostAreKept() {
        let groups = CohortGroups(merged, atMost: 4)
        let effects = groups.table.rows.indices.map { groups.table.effect(cohort: $0, arm: 2, outcome: 1).effect }
        #expect((effects.max() ?? 0) - (effects.min() ?? 0) > 1)
    }

    /// A unit's group is that of the pruned trees' leaves, so a group's rule says who is in it.
    @Test func aUnitFallsIntoTheGroupOfItsCohort() {
        let groups = CohortGroups(merged, atMost: 6)
        for unit in stride(from: 0, to: sample.cohortOf.count, by: 97) {
            let point = sample.point(unit)
            #expect(groups.grouping.cohort(of: point) == .found(groups.groupOf[Int(sample.cohortOf[unit])]))
        }
    }

    @Test func asManyGroupsAsCohortsAreTheCohorts() {
        let shares = CutShares(sample.trees, sample.binned, units: 0..<sample.experiment.tuneCount)
        let groups = CohortGroups(merged, atMost: sample.table.rows.count, shares: shares)
        #expect(groups.groupOf == Array(sample.table.rows.indices))
        #expect(groups.table == sample.table)
    }

    @Test func sharesOfThresholdsCountTheTuneUnits() throws {
        let shares = CutShares(sample.trees, sample.binned, units: 0..<sample.experiment.tuneCount)
        var seen = 0
        for tree in sample.trees {
            for case .atMost(let threshold)? in tree.nodes.map({ $0.split?.rule }) {
                let covariate = try #require(
                    tree.nodes.first { $0.split?.rule == .atMost(threshold) }?.split?.covariate)
                let known = sample.experiment.covariates[covariate].values[..<sample.experiment.tuneCount]
                    .filter { !$0.isNaN }
                let expected = Double(known.count { $0 <= threshold }) / Double(known.count)
                #expect(shares.share(covariate, atMost: threshold) == expected)
                seen += 1
            }
        }
        #expect(seen > 3)
    }

    @Test func wordsNameLevelsAndWhatIsMissing() throws {
        let covariates = [
            CovariateDescription(name: "x", encoding: .numeric(centre: 0)),
            CovariateDescription(name: "zone", encoding: .categorical(levels: ["a", "b"])),
        ]
        let sample = (1...100).map { Float($0) }
        let binned = try BinnedCovariates(
            [
                Covariate(name: "x", encoding: covariates[0].encoding, values: sample),
                Covariate(name: "zone", encoding: covariates[1].encoding, values: sample.map { _ in 0 }),
            ], unitCount: 100, tuneCount: 100)
        let split = Split(covariate: 0, rule: .atMost(30), missingGoesLeft: true, missingSeen: true)
        let upper = Split(covariate: 0, rule: .atMost(80), missingGoesLeft: true, missingSeen: true)
        let level = Split(covariate: 1, rule: .levels([0]), missingGoesLeft: false, missingSeen: false)
        let shares = CutShares([tree(split), tree(upper)], binned, units: 0..<100)
        func words(_ splits: [(Split, Bool)]) -> String {
            splits.reduce(CovariateRegion()) { $0.narrowed(by: $1.0, left: $1.1, covariates) }.words(covariates, shares)
        }
        #expect(words([]) == "all units")
        #expect(words([(split, true)]) == "x low 30% or missing")
        #expect(words([(split, false)]) == "x high 70%")
        #expect(words([(split, false), (upper, true)]) == "x mid 30-80%")
        #expect(words([(split, true), (level, true)]) == "x low 30% or missing and zone = a")
        let unknown = Split(covariate: 0, rule: .atMost(31), missingGoesLeft: false, missingSeen: false)
        #expect(words([(unknown, true)]) == "x <= 31")
    }

    private func tree(_ split: Split) -> CausalTree {
        func node(_ split: Split?, _ leaf: Int) -> CausalTree.Node {
            CausalTree.Node(
                split: split, left: split == nil ? -1 : 1, units: 10, growingUnits: 5, estimatingUnits: 5,
                estimate: MeanDifference(effect: 0, standardError: 1, low: -2, high: 2), leaf: leaf)
        }
        return CausalTree(arm: 1, outcome: 0, addedCost: 0, nodes: [node(split, -1), node(nil, 0), node(nil, 1)])
    }
}
