import Effects
import Experiments

/// The effect of one arm on every outcome in one subgroup: what it gains here, what does it cost there.
package struct SubgroupDecomposition: Sendable, Equatable, Codable {
    package let arm: Int
    /// By outcome; nil where an arm has fewer than two units in the subgroup.
    package let outcomes: [SubgroupEstimate?]

    package init(arm: Int, outcomes: [SubgroupEstimate?]) {
        self.arm = arm
        self.outcomes = outcomes
    }

    /// - Parameters:
    ///   - units: `experiment.tune`, or what an honest estimate may use of it.
    ///   - included: whether each of the units takes part; nil takes all.
    package static func estimate(
        _ subgroup: Subgroup, _ experiment: Experiment, arm: Int, units: Range<Int>, included: [Bool]? = nil
    ) -> SubgroupDecomposition {
        let pair = ContrastUnits(experiment, arm: arm, units: units, included: included)
        let members = subgroup.members(experiment, units: units)
        let cells = pair.places.map { members[Int($0)] ? Int32(1) : 0 }
        return SubgroupDecomposition(
            arm: arm,
            outcomes: experiment.outcomes.map { outcome in
                let values = pair.places.map { outcome.observed.values[units.lowerBound + Int($0)] }
                let sums = pair.sums(values, cells: cells, count: 2)
                return SubgroupEstimate(
                    inside: (sums[2], sums[3]), total: (sums[0] + sums[2], sums[1] + sums[3]), outcome: outcome,
                    arm: arm)
            })
    }
}
