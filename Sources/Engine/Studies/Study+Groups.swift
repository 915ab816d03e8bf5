import Effects
import Experiments
import Policies
import Runtime

extension Study {
    /// Sums by cohort over the estimating half of the tune units: the half that chose no leaf of any tree, so that the
    /// effect of any arm on any outcome in any union of cohorts (a leaf, a node) may be read from it.
    /// - Complexity: O(tune units x outcomes).
    package func cohortSums() -> GroupSums {
        let tune = 0..<description.tuneCount
        return GroupSums(
            groups: units.cohorts, groupCount: trees.cohorts.rows.count,
            included: SplitRule(description.spec.splits).estimation(Array(units.keys[tune])), units: tune,
            assignment: units.assignment, armCount: space.armCount, outcomes: units.observed,
            propensity: varyingPropensity)
    }

    /// P(T = observed arm | x) where propensities differ by unit; nil where shares are equal for all.
    var varyingPropensity: [Float]? {
        switch description.spec.treatment.assignment {
        case .propensities, .estimated: units.observedPropensity
        case .equalShares, .shares: nil
        }
    }

    /// What a policy gives to each cohort on tune, and what that gains there against control.
    /// - Complexity: two passes over the tune units.
    package func cohortGains(of policy: LinearPolicy, workers: Workers) -> [GroupGain] {
        gains(of: policy, groups: units.cohorts, groupCount: trees.cohorts.rows.count, workers: workers)
    }

    /// The same for the cells of a drill-down.
    package func gains(of policy: LinearPolicy, in drill: DrillDown, workers: Workers) -> [GroupGain] {
        gains(of: policy, groups: drill.cellOf, groupCount: drill.cells.count, workers: workers)
    }

    private func gains(of policy: LinearPolicy, groups: [UInt32], groupCount: Int, workers: Workers) -> [GroupGain] {
        let tune = 0..<description.tuneCount
        return workspace.table.gains(
            of: workspace.table.choice(of: policy, in: space, units: tune, workers: workers), groups: groups,
            groupCount: groupCount, units: tune, scales: space.outcomes.map(\.scale))
    }
}
