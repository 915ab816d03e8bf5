import Effects
import Experiments
import Groups
import Policies
import Statistics
import Studies
import Workbench

extension Fixture {
    /// On sessions the members split by segment, on disables those of `high` by visits; elsewhere nothing was found.
    static let trees: StudyTrees = {
        let trees = [1, 2].flatMap { arm in (0...2).map { tree(arm: arm, outcome: $0) } }
        // Daily or not, and whether many visits: the leaves of the trees that split.
        let tuples: [[UInt16]] = [(1, 0), (0, 0), (1, 1), (0, 1)].map { segment, visits in
            [UInt16(segment), 0, 0, UInt16(segment), 0, UInt16(visits)]
        }
        let partition = CohortPartition(tuples: tuples, units: [9_000, 6_000, 4_000, 2_000])
        return StudyTrees(
            trees: trees, covariates: covariates,
            cohorts: CohortTable(partition, trees: trees, covariates: covariates, outcomeCount: 3))
    }()

    private static func tree(arm: Int, outcome: Int) -> CausalTree {
        func node(_ effect: Double, units: Int, leaf: Int, split: Split? = nil) -> CausalTree.Node {
            CausalTree.Node(
                split: split, left: split == nil ? -1 : 1, units: units, growingUnits: units / 3,
                estimatingUnits: units / 3, estimate: difference(effect, reach[outcome]), leaf: leaf)
        }
        let all = effects[arm][outcome]
        let nodes: [CausalTree.Node]
        switch (arm, outcome) {
        case (_, 0):
            let daily = Split(covariate: 0, rule: .levels([0]), missingGoesLeft: false, missingSeen: false)
            nodes = [
                node(all, units: 21_000, leaf: -1, split: daily), node(2 * all, units: 8_000, leaf: 0),
                node(0.1 * all, units: 13_000, leaf: 1),
            ]
        case (2, 2):
            let few = Split(covariate: 1, rule: .atMost(12), missingGoesLeft: true, missingSeen: true)
            nodes = [
                node(all, units: 21_000, leaf: -1, split: few), node(0.5 * all, units: 15_000, leaf: 0),
                node(2 * all, units: 6_000, leaf: 1),
            ]
        default: nodes = [node(all, units: 21_000, leaf: 0)]
        }
        return CausalTree(arm: arm, outcome: outcome, addedCost: 0, nodes: nodes)
    }

    /// One sure subgroup and one that may be chance.
    static let subgroups: SubgroupSearch = {
        func estimate(_ effect: Double, _ outcome: Int, units: Int, p: Double) -> SubgroupEstimate {
            SubgroupEstimate(
                units: units, share: Double(units) / 7_000, effect: difference(effect, 2 * reach[outcome]), p: p,
                againstRest: .init(difference: effect - effects[2][outcome], standardError: reach[outcome], p: p))
        }
        func found(
            _ direction: SubgroupSearch.Direction, _ text: String, _ level: Int, _ effect: Double, holm: Double
        ) -> SubgroupSearch.Found {
            let own = estimate(effect, 0, units: 2_600, p: holm / 2)
            return SubgroupSearch.Found(
                direction: direction, subgroup: Subgroup([Condition(covariate: 0, rule: .levels([level]))]), text: text,
                choosing: own,
                estimate: own, holm: holm, falseDiscovery: holm, holmAgainstRest: holm,
                falseDiscoveryAgainstRest: holm,
                decomposition: SubgroupDecomposition(
                    arm: 2,
                    outcomes: [
                        own, estimate(-0.002, 1, units: 2_600, p: 0.01), estimate(0.0018, 2, units: 2_600, p: 0.001),
                    ]))
        }
        return SubgroupSearch(
            arm: 2, outcome: 0, settings: SubgroupSettings(), candidateCount: 12, crossedCovariates: [0, 1],
            choosingUnits: 7_000, estimatingUnits: 7_000, overall: estimate(0.15, 0, units: 7_000, p: 0.000_1),
            found: [
                found(.best, "segment = daily", 0, 0.31, holm: 0.000_4),
                found(.worst, "segment = rare", 1, 0.08, holm: 0.21),
            ])
    }()

    /// What the policy gives to each cohort and gains there: `high` to the daily members, control to the others.
    static let gains = CohortGains(
        knobs: knobs,
        cohorts: [(9_000, false), (6_000, true), (4_000, false), (2_000, true)].map { units, isDaily in
            gain(units: units, isDaily: isDaily)
        }, cells: [])

    private static func gain(units: Int, isDaily: Bool) -> GroupGain {
        let gains = (0...2).map { j -> Estimate? in
            Estimate(value: isDaily ? 1.8 * effects[2][j] : 0.1 * effects[1][j], standardError: reach[j] / 2)
        }
        return GroupGain(units: units, shares: isDaily ? [0.05, 0.05, 0.9] : [0.8, 0.2, 0], gains: gains)
    }
}
