import Effects
import Studies

extension WorkKind {
    static let gains = WorkKind("gains")
    static let drillDown = WorkKind("drill-down", rank: 6)
}

extension SumCohorts: WorkbenchQuery {
    package static var work: WorkKind { .gains }
    package static var isReplaceable: Bool { false }

    package func take(_ sums: GroupSums, in state: inout WorkbenchState) -> [Work] {
        state.cohortSums = sums
        return []
    }
}

extension GainByGroup: WorkbenchQuery {
    package static var work: WorkKind { .gains }

    package func take(_ answer: Answer, in state: inout WorkbenchState) -> [Work] {
        guard knobs == state.decisions.knobs else { return [] }
        state.cohortGains = WorkbenchState.CohortGains(knobs: knobs, cohorts: answer.cohorts, cells: answer.cells)
        return []
    }
}

extension CrossCovariates: WorkbenchQuery {
    package static var work: WorkKind { .drillDown }

    package func take(_ drill: DrillDown, in state: inout WorkbenchState) -> [Work] {
        CohortsReducer.leave(drill: drill, &state)
        state.message = "\(drill.cells.count) cells of \(drill.covariates.joined(separator: " and "))"
        return [.query(GainByGroup(of: state.decisions.knobs, in: drill))]
    }
}
