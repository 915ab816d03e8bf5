import Effects
import Experiments
import Foundation
import Runtime
import Statistics

/// The subgroups with the largest and the most harmful effects of an arm on an outcome, chosen on one honest half of the tune
/// units and estimated on the other (METHODS section 7; S3).
package struct SubgroupSearch: Sendable, Equatable, Codable {
    package enum Direction: String, Sendable, Codable, CaseIterable {
        /// The effect is better than elsewhere, by the outcome's direction.
        case best
        /// It is worse.
        case worst
    }

    package struct Found: Sendable, Equatable, Codable {
        package let direction: Direction
        package let subgroup: Subgroup
        package let text: String
        /// On the half that chose it: flattering, for comparison only.
        package let choosing: SubgroupEstimate
        /// On the other half.
        package let estimate: SubgroupEstimate
        /// The estimate's p after Holm, and after Benjamini and Hochberg, over all that were found.
        package let holm: Double
        package let falseDiscovery: Double
        /// The same for the difference from the rest, where a subgroup and all other units are one hypothesis.
        package let holmAgainstRest: Double
        package let falseDiscoveryAgainstRest: Double
        /// The arm's effect on every outcome, on the estimating half.
        package let decomposition: SubgroupDecomposition

        package init(
            direction: Direction, subgroup: Subgroup, text: String, choosing: SubgroupEstimate,
            estimate: SubgroupEstimate, holm: Double, falseDiscovery: Double, holmAgainstRest: Double,
            falseDiscoveryAgainstRest: Double, decomposition: SubgroupDecomposition
        ) {
            self.direction = direction
            self.subgroup = subgroup
            self.text = text
            self.choosing = choosing
            self.estimate = estimate
            self.holm = holm
            self.falseDiscovery = falseDiscovery
            self.holmAgainstRest = holmAgainstRest
            self.falseDiscoveryAgainstRest = falseDiscoveryAgainstRest
            self.decomposition = decomposition
        }
    }

    package let arm: Int
    package let outcome: Int
    package let settings: SubgroupSettings
    /// Subgroups that were looked at.
    package let candidateCount: Int
    /// Fewest units of either arm inside a subgroup and outside; nil in studies of older versions.
    package let minimumUnits: Int?
    /// Covariates that could be crossed at each depth, of all: where there are many, those that tell most by themselves.
    package let crossedCovariates: [Int]
    /// Units of the pair in the half that chooses, and in the one that estimates.
    package let choosingUnits: Int
    package let estimatingUnits: Int
    /// The effect on all units of the estimating half.
    package let overall: SubgroupEstimate?
    /// The best first, then the worst.
    package let found: [Found]

    package init(
        arm: Int, outcome: Int, settings: SubgroupSettings, candidateCount: Int, minimumUnits: Int? = nil,
        crossedCovariates: [Int], choosingUnits: Int, estimatingUnits: Int, overall: SubgroupEstimate?, found: [Found]
    ) {
        self.arm = arm
        self.outcome = outcome
        self.settings = settings
        self.candidateCount = candidateCount
        self.minimumUnits = minimumUnits
        self.crossedCovariates = crossedCovariates
        self.choosingUnits = choosingUnits
        self.estimatingUnits = estimatingUnits
        self.overall = overall
        self.found = found
    }
}

extension SubgroupSearch {
    /// Searches.
    /// - Throws: `CancellationError`.
    /// - Complexity: O(units x covariates^depth) sums, at most 60 covariates in pairs and 20 in triples; parallel.
    package static func run(
        _ experiment: Experiment, arm: Int, outcome: Int, settings: SubgroupSettings = SubgroupSettings(),
        context: RunContext = RunContext()
    ) throws -> SubgroupSearch {
        let units = experiment.tune
        let isEstimating = experiment.splitRule.estimation(Array(experiment.units.splitKeys[units]))
        let dimensions = try context.workers.map(experiment.covariates.count) { index in
            Dimension(experiment, covariate: index, units: units, groupCount: settings.groups)
        }
        let choosing = ContrastUnits(experiment, arm: arm, units: units, included: isEstimating.map { !$0 })
        let screen = SubgroupScreen(
            experiment, pair: choosing, dimensions: dimensions, arm: arm, outcome: outcome, settings: settings)
        let (candidates, looked, crossed) = try screen.run(context: context)
        let estimating = ContrastUnits(experiment, arm: arm, units: units, included: isEstimating)
        var picked: [(direction: Direction, subgroup: Subgroup, choosing: SubgroupEstimate)] = []
        for direction in Direction.allCases {
            picked += distinct(
                candidates.filter { ($0.score > 0) == (direction == .best) }, experiment, choosing, units,
                count: settings.count
            ).compactMap { subgroup in
                estimate(subgroup, experiment, choosing, units, arm, outcome).map { (direction, subgroup, $0) }
            }
        }
        let estimated = picked.compactMap { pick in
            estimate(pick.subgroup, experiment, estimating, units, arm, outcome).map { (pick, $0) }
        }
        let p = estimated.map(\.1.p)
        let rest = Hypotheses(estimated.map(\.0.subgroup), experiment, units)
            .adjusting(estimated.map { $0.1.againstRest?.p ?? 1 })
        let (holm, discovery) = (Holm.adjusted(p), FalseDiscovery.adjusted(p))
        return SubgroupSearch(
            arm: arm, outcome: outcome, settings: settings, candidateCount: looked,
            minimumUnits: Int(screen.minimum), crossedCovariates: crossed, choosingUnits: choosing.places.count,
            estimatingUnits: estimating.places.count,
            overall: estimate(Subgroup([]), experiment, estimating, units, arm, outcome),
            found: estimated.enumerated().map { index, entry in
                Found(
                    direction: entry.0.direction, subgroup: entry.0.subgroup,
                    text: entry.0.subgroup.text(experiment.covariates), choosing: entry.0.choosing, estimate: entry.1,
                    holm: holm[index], falseDiscovery: discovery[index], holmAgainstRest: rest.holm[index],
                    falseDiscoveryAgainstRest: rest.falseDiscovery[index],
                    decomposition: .estimate(
                        entry.0.subgroup, experiment, arm: arm, units: units, included: isEstimating))
            })
    }

    private static func estimate(
        _ subgroup: Subgroup, _ experiment: Experiment, _ pair: ContrastUnits, _ units: Range<Int>, _ arm: Int,
        _ outcome: Int
    ) -> SubgroupEstimate? {
        let members = subgroup.members(experiment, units: units)
        let values = pair.places.map { experiment.outcomes[outcome].observed.values[units.lowerBound + Int($0)] }
        let sums = pair.sums(values, cells: pair.places.map { members[Int($0)] ? 1 : 0 }, count: 2)
        return SubgroupEstimate(
            inside: (sums[2], sums[3]), total: (sums[0] + sums[2], sums[1] + sums[3]),
            outcome: experiment.outcomes[outcome], arm: arm)
    }

    /// Two subgroups that share more than this part of their units (Jaccard) are one finding.
    private static let overlap = 0.5

    /// The first `count` that are not nearly the same units as one before.
    private static func distinct(
        _ candidates: [SubgroupScreen.Candidate], _ experiment: Experiment, _ pair: ContrastUnits, _ units: Range<Int>,
        count: Int
    ) -> [Subgroup] {
        var kept: [(subgroup: Subgroup, members: [Bool])] = []
        for candidate in candidates.sorted(by: SubgroupScreen.Candidate.precedes) where kept.count < count {
            let subgroup = Subgroup(candidate.conditions)
            let members = pair.gather(subgroup.members(experiment, units: units))
            let isNew = kept.allSatisfy { other in
                var (both, either) = (0, 0)
                for (a, b) in zip(members, other.members) {
                    if a && b { both += 1 }
                    if a || b { either += 1 }
                }
                return Double(both) <= overlap * Double(either)
            }
            if isNew { kept.append((subgroup, members)) }
        }
        return kept.map(\.subgroup)
    }
}
