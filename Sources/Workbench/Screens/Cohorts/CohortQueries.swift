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
    /// At the cell of the drill-down that is shown, if one is.
    package let cells: [GroupGain]

    package init(knobs: PolicyKnobs, cohorts: [GroupGain], joint: [GroupGain] = [], cells: [GroupGain]) {
        self.knobs = knobs
        self.cohorts = cohorts
        self.joint = joint
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

extension GainByGroup: DerivedQuery {
    package struct Inputs: Sendable, Equatable {
        let knobs: PolicyKnobs
        let covariates: [String]?
    }

    package static var work: WorkKind { .gains }

    package var inputs: Inputs { Inputs(knobs: knobs, covariates: drillDown?.covariates) }

    package func take(_ answer: Answer, in state: inout WorkbenchState) -> [Work] {
        let gains = CohortGains(
            knobs: knobs, cohorts: answer.cohorts, joint: answer.joint, cells: answer.cells)
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
