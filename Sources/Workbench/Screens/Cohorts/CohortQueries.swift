import Effects
import Groups
import Policies
import Studies

extension WorkKind {
    static let gains = WorkKind("gains")
    static let drillDown = WorkKind("drill-down", rank: 6)
}

extension ResultKey where Value == GroupSums? {
    /// By cohort, arm and outcome over the estimating half: the effects of any node on any outcome.
    package static var cohortSums: ResultKey { ResultKey("cohort sums") }
}

extension ResultKey where Value == CohortGroups? {
    /// The merged cohorts in few groups; nil where they are few themselves.
    package static var cohortGroups: ResultKey { ResultKey("cohort groups") }
}

extension ResultKey where Value == CohortGains? {
    /// What the policy of some knobs gives to each cohort, and gains there.
    package static var cohortGains: ResultKey { ResultKey("cohort gains") }
}

extension ResultKey where Value == DrillDown? {
    /// The cells of a drill-down by one or two covariates, once they have been read again.
    package static var drillDown: ResultKey { ResultKey("drill-down") }
}

package struct CohortGains: Sendable, Equatable {
    package let knobs: PolicyKnobs
    /// At the row of the merged cohorts' table.
    package let cohorts: [GroupGain]
    /// At the row of the one tree's table; empty where there is none.
    package let joint: [GroupGain]
    /// At the row of the groups' table; empty where groups are not shown.
    package let groups: [GroupGain]
    /// At the cell of the drill-down that is shown, if one is.
    package let cells: [GroupGain]

    package init(
        knobs: PolicyKnobs, cohorts: [GroupGain], joint: [GroupGain] = [], groups: [GroupGain] = [],
        cells: [GroupGain]
    ) {
        self.knobs = knobs
        self.cohorts = cohorts
        self.joint = joint
        self.groups = groups
        self.cells = cells
    }
}

extension SumCohorts: DerivedQuery {
    package static var work: WorkKind { .gains }
    package static var isReplaceable: Bool { false }

    /// Nothing that an analyst can change.
    package var inputs: String { "" }

    package func take(_ sums: GroupSums, in state: inout WorkbenchState) -> [Work] {
        state.results.take(sums, as: .cohortSums, from: inputs)
        return []
    }
}

extension GroupCohorts: DerivedQuery {
    package static var work: WorkKind { .gains }
    package static var isReplaceable: Bool { false }

    /// Nothing that an analyst can change.
    package var inputs: String { "" }

    package func take(_ groups: CohortGroups?, in state: inout WorkbenchState) -> [Work] {
        state.results.take(groups, as: .cohortGroups, from: inputs)
        return []
    }
}

extension GainByGroup: DerivedQuery {
    package struct Inputs: Sendable, Equatable {
        let knobs: PolicyKnobs
        let covariates: [String]?
        let hasGroups: Bool
    }

    package static var work: WorkKind { .gains }

    package var inputs: Inputs { Inputs(knobs: knobs, covariates: drillDown?.covariates, hasGroups: groups != nil) }

    package func take(_ answer: Answer, in state: inout WorkbenchState) -> [Work] {
        let gains = CohortGains(
            knobs: knobs, cohorts: answer.cohorts, joint: answer.joint, groups: answer.groups, cells: answer.cells)
        state.results.take(gains, as: .cohortGains, from: inputs)
        return []
    }
}

extension CrossCovariates: WorkbenchQuery {
    package static var work: WorkKind { .drillDown }

    package func take(_ drill: DrillDown, in state: inout WorkbenchState) -> [Work] {
        state.results[.drillDown] = drill
        state.filters[CohortsScreen.screen] = nil
        state.cohorts.startAnew()
        state.message = "\(drill.cells.count) cells of \(drill.covariates.joined(separator: " and "))"
        return []
    }
}
