import Effects
import Experiments
import Foundation
import Runtime
import Statistics
import Testing

/// What rules say, where units go by them, and what odd data do to them.
@Suite struct TreeRuleTests {
    private let settings = TreeSettings(maximumDepth: 3, minimumLeaf: 40)

    private func mixed(_ seed: UInt64 = 1) -> SimulatedExperiment {
        SimulatedExperiment(
            units: 6_000, shares: [1, 1, 1], confirm: 0.2, seed: seed, missing: 0.15, levels: 6,
            effect: { arm, x in (x[0] > 0 ? 1 : 0) + ([1, 3].contains(x[4]) ? 1.5 : 0) * Double(arm) })
    }

    @Test func everyWalkLeadsToTheSameLeaf() throws {
        let experiment = mixed().make()
        let binned = try BinnedCovariates(experiment, maximumBins: 64)
        for tree in try CausalTrees.grow(experiment, binned: binned, settings: settings, context: RunContext()) {
            let leaves = tree.leaves(of: binned)
            #expect(tree.leaves.count > 2)
            #expect(tree.leaves.map(\.leaf) == Array(tree.leaves.indices))
            for unit in stride(from: 0, to: experiment.unitCount, by: 7) {
                #expect(tree.leaf(of: experiment.covariates.map { $0.values[unit] }) == Int(leaves[unit]))
                #expect(tree.leaf(of: unit, in: binned) == Int(leaves[unit]))
            }
            let copy = try JSONDecoder().decode(CausalTree.self, from: JSONEncoder().encode(tree))
            #expect(copy == tree)
        }
    }

    /// Children add up to their parents, and every leaf holds the least units in both halves.
    @Test func unitsAddUp() throws {
        for tree in try Growing.trees(mixed().make(), settings) {
            for node in tree.nodes where node.split != nil {
                let (left, right) = (tree.nodes[node.left], tree.nodes[node.left + 1])
                #expect(left.units + right.units == node.units)
                #expect(left.growingUnits + right.growingUnits == node.growingUnits)
                #expect(left.estimatingUnits + right.estimatingUnits == node.estimatingUnits)
            }
            #expect(tree.leaves.allSatisfy { $0.growingUnits >= 80 && $0.estimatingUnits >= 80 })
        }
    }

    /// The order in which levels are coded decides nothing: the same units end in the same leaves.
    @Test func theOrderOfLevelsDoesNotMatter() throws {
        let experiment = mixed().make()
        let permutation: [Float] = [3, 0, 5, 1, 4, 2]
        var covariates = experiment.covariates
        covariates[4] = Covariate(
            name: "x4", encoding: covariates[4].encoding,
            values: covariates[4].values.map { $0.isNaN ? $0 : permutation[Int($0)] })
        let permuted = experiment.replacing(covariates: covariates)
        let (a, b) = (try Growing.trees(experiment, settings), try Growing.trees(permuted, settings))
        #expect(a[1].nodes.contains { $0.split?.covariate == 4 })
        for (tree, other) in zip(a, b) {
            #expect(tree.nodes.map(\.estimate) == other.nodes.map(\.estimate))
            for unit in stride(from: 0, to: experiment.unitCount, by: 11) {
                #expect(
                    tree.leaf(of: experiment.covariates.map { $0.values[unit] })
                        == other.leaf(of: permuted.covariates.map { $0.values[unit] }))
            }
        }
    }

    /// Only missing units respond: the rule has to part missing from the rest.
    @Test func missingGoesToTheBetterSide() throws {
        let plain = SimulatedExperiment(units: 6_000, covariates: 2).make()
        var stream = RandomStream(seed: 8)
        let hidden = (0..<6_000).map { _ in stream.bernoulli(0.4) }
        let observed = plain.outcomes[0].observed
        let raised = observed.values.indices.map {
            observed.value($0) + (hidden[$0] && plain.assignment[$0] == 1 ? 1.5 : 0)
        }
        var covariates = plain.covariates
        covariates[0] = Covariate(
            name: "income", encoding: .numeric(centre: 0),
            values: covariates[0].values.indices.map { hidden[$0] ? .nan : covariates[0].values[$0] })
        let tree = try Growing.trees(
            plain.replacing(outcome: ScaledColumn(raised), covariates: covariates), settings)[0]
        let split = try #require(tree.nodes[0].split)
        #expect(split.rule == .present && !split.missingGoesLeft && split.missingSeen)
        let described = covariates.map { CovariateDescription($0) }
        #expect(split.text(left: true, described) == "income is known")
        #expect(split.text(left: false, described) == "income is missing")
    }

    /// A level that only control units have cannot be ordered by effect: it goes where missing goes.
    @Test func aLevelThatLacksAnArmGoesWithMissing() throws {
        let experiment = SimulatedExperiment(
            units: 6_000, covariates: 0, missing: 0.1, levels: 4, effect: { _, x in x[0] == 1 ? 2 : 0 }
        ).make()
        let values = experiment.covariates[0].values
        let assignment = values.indices.map { values[$0] == 3 ? 0 : experiment.assignment[$0] }
        let tree = try Growing.trees(experiment.replacing(assignment: assignment), settings)[0]
        let split = try #require(tree.nodes[0].split)
        guard case .levels(let levels) = split.rule else {
            Issue.record("a categorical rule was expected")
            return
        }
        #expect(levels.contains(3) == split.missingGoesLeft)
        #expect(levels.contains(1) != levels.contains(0))
    }

    @Test func pathsAreSimplified() {
        let covariates = [
            CovariateDescription(name: "recency", encoding: .numeric(centre: 0)),
            CovariateDescription(
                name: "zip_code", encoding: .categorical(levels: ["Rural", "Surburban", "Urban", "Abroad"])),
            CovariateDescription(name: "joined", encoding: .numeric(centre: 1_600_000_000)),
        ]
        func split(_ covariate: Int, _ rule: Split.Rule, missingLeft: Bool = false, seen: Bool = false) -> Split {
            Split(covariate: covariate, rule: rule, missingGoesLeft: missingLeft, missingSeen: seen)
        }
        func node(_ split: Split?, _ left: Int, leaf: Int = -1) -> CausalTree.Node {
            CausalTree.Node(
                split: split, left: left, units: 1, growingUnits: 1, estimatingUnits: 1,
                estimate: MeanDifference(effect: 0, standardError: 1, low: -2, high: 2), leaf: leaf)
        }
        let tree = CausalTree(
            arm: 1, outcome: 0, addedCost: 0,
            nodes: [
                node(split(0, .atMost(9)), 1), node(split(0, .atMost(5)), 3), node(nil, -1, leaf: 4),
                node(split(1, .levels([0, 2]), missingLeft: true, seen: true), 5), node(nil, -1, leaf: 3),
                node(nil, -1, leaf: 0), node(split(2, .atMost(12_345)), 7), node(nil, -1, leaf: 1),
                node(nil, -1, leaf: 2),
            ])
        let texts = tree.leafRegions(covariates).map { $0.text(covariates) }
        #expect(
            texts == [
                "recency <= 5 and (zip_code in {Rural, Urban} or missing)",
                "recency <= 5 and zip_code in {Surburban, Abroad} and joined <= 1600012345",
                "recency <= 5 and zip_code in {Surburban, Abroad} and joined > 1600012345",
                "5 < recency <= 9", "recency > 9",
            ])
    }

    /// Constant outcomes, covariates that are all missing or none at all, arms of a handful of units: numbers throughout.
    @Test(arguments: [2, 5, 40]) func oddDataGiveNumbers(treatedUnits: Int) throws {
        let base = SimulatedExperiment(units: 600, covariates: 2, levels: 3).make()
        let blank = base.covariates.map {
            Covariate(name: $0.name, encoding: $0.encoding, values: $0.values.map { _ in .nan })
        }
        let constant = ScaledColumn([Double](repeating: 7, count: 600))
        let rare = ScaledColumn((0..<600).map { $0 == 3 ? 1.0 : 0 })
        let few = (0..<600).map { UInt8($0 < treatedUnits ? 1 : 0) }
        let none = [UInt8](repeating: 0, count: 600)
        let odd = [
            base.replacing(outcome: constant), base.replacing(covariates: blank), base.replacing(covariates: []),
            base.replacing(assignment: few), base.replacing(outcome: rare, assignment: few),
            base.replacing(assignment: none), base.replacing(outcome: constant, assignment: none),
        ]
        for experiment in odd {
            let tree = try Growing.trees(experiment, TreeSettings(minimumLeaf: 2))[0]
            for node in tree.nodes {
                let estimate = node.estimate
                let numbers = [estimate.effect, estimate.standardError, estimate.low, estimate.high]
                #expect(numbers.allSatisfy { $0.isFinite })
                #expect(estimate.low <= estimate.effect && estimate.effect <= estimate.high)
            }
            _ = tree.leafRegions(experiment.covariates.map { CovariateDescription($0) })
            let average = AverageEffect.estimate(experiment, over: experiment.tune)[0]
            #expect(average.difference.low.isFinite && average.difference.high.isFinite)
            #expect(average.isEstimable == (experiment.assignment.count { $0 == 1 } > 1))
        }
        let flat = try Growing.trees(odd[0], settings)[0]
        #expect(flat.nodes[0].estimate.standardError == 0)
    }
}
