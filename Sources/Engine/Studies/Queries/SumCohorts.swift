import Effects
import Experiments
import Groups
import Policies
import Runtime

/// Sums by cohort over the estimating half of the tune units: the half that chose no leaf of any tree, so that the effect of
/// any arm on any outcome in any union of cohorts (a leaf, a node) may be read from it.
package struct SumCohorts: StudyQuery {
    package static let needsUnits = false

    package init() {}

    /// - Complexity: O(tune units x outcomes).
    package func run(_ study: Study, _ context: RunContext) throws -> GroupSums {
        if let cells = study.units.cells { return cells.cohortSums(study.trees.cohorts.rows.count) }
        let units = study.units
        let tune = 0..<study.description.tuneCount
        return GroupSums(
            groups: units.cohorts, groupCount: study.trees.cohorts.rows.count,
            included: SplitRule(study.description.spec.splits).estimation(Array(units.splitKeys[tune])), units: tune,
            assignment: units.assignment, armCount: study.space.armCount, outcomes: units.observed,
            propensity: study.varyingPropensity)
    }
}

/// What the policy of some knobs gives to each cohort on tune, merged, of one tree or in groups, and to each cell of a
/// drill-down, and what that gains there against control.
package struct GainByGroup: StudyQuery {
    package static let needsUnits = false

    package let knobs: PolicyKnobs
    package let drillDown: DrillDown?
    package let groups: CohortGroups?

    package init(of knobs: PolicyKnobs, in drillDown: DrillDown? = nil, groups: CohortGroups? = nil) {
        self.knobs = knobs
        self.drillDown = drillDown
        self.groups = groups
    }

    package struct Answer: Sendable {
        /// At the row of the merged cohorts' table.
        package let cohorts: [GroupGain]
        /// At the row of the one tree's table; empty where there is none.
        package let joint: [GroupGain]
        /// At the row of the groups' table; empty without groups.
        package let groups: [GroupGain]
        /// At the cell of the drill-down; empty without one.
        package let cells: [GroupGain]
    }

    /// - Complexity: up to four passes over the tune units.
    package func run(_ study: Study, _ context: RunContext) throws -> Answer {
        let table = study.workspace.table
        let tune = study.tuneRows
        let choice = table.choice(
            of: LinearPolicy(knobs, in: study.space), in: study.space, units: tune, workers: context.workers)
        func gains(_ groups: [UInt32], _ count: Int) -> [GroupGain] {
            table.gains(
                of: choice, groups: groups, groupCount: count, units: tune, scales: study.space.outcomes.map(\.scale),
                designEffects: study.space.outcomes.map { $0.clustering?.designEffect ?? 1 })
        }
        return Answer(
            cohorts: gains(study.units.cohorts, study.trees.cohorts.rows.count),
            joint: study.units.jointCohorts.map { gains($0, study.trees.joint?.table.rows.count ?? 0) } ?? [],
            groups: groups.map { groups in
                let groupOf = groups.groupOf.map { UInt32($0) }
                return gains(study.units.cohorts.map { groupOf[Int($0)] }, groups.table.rows.count)
            } ?? [],
            cells: drillDown.map { $0.cellOf.isEmpty ? [] : gains($0.cellOf, $0.cells.count) } ?? [])
    }
}

extension Study {
    /// P(T = observed arm | x) where propensities differ by unit; nil where shares are equal for all.
    var varyingPropensity: [Float]? {
        switch description.spec.treatment.assignment {
        case .propensities, .estimated: units.observedPropensity
        case .equalShares, .shares: nil
        }
    }
}
