import Policies
import Studies

/// Actions on the Cohorts screen's table.
enum CohortsReducer {
    static func apply(_ action: CohortAction, to state: inout WorkbenchState) -> [Work] {
        guard state.trees != nil, let space = state.description?.space else {
            state.message = "cohorts are still being merged"
            return []
        }
        switch action {
        case .moveColumn(let step): move(step, &state)
        case .hideColumn: hide(&state, space)
        case .showAllColumns:
            state.cohortsView.hidden = []
            state.message = "all columns are shown"
        case .mark:
            let rows = CohortRows.rows(state)
            guard rows.indices.contains(state.cohortRow) else { return [] }
            let row = rows[state.cohortRow]
            if state.cohortsView.marked.remove(row) == nil { state.cohortsView.marked.insert(row) }
            state.cohortRow = min(state.cohortRow + 1, rows.count - 1)
            state.message = "\(state.cohortsView.marked.count) marked"
        case .clear:
            state.cohortsView.region = nil
            state.cohortsView.marked = []
            state.drillDown = nil
            state.filter = ""
            state.cohortRow = 0
            state.message = "all cohorts are shown"
        case .drill(let names):
            guard !names.isEmpty else {
                leave(drill: nil, &state)
                return []
            }
            state.message = "reading \(names.joined(separator: " and ")) again"
            return [.query(CrossCovariates(names))]
        case .export(let path):
            return [.operation(ExportText(CohortCSV.text(state), to: path, state.services))]
        }
        return []
    }

    /// Another set of rows: marks and cursor start anew.
    static func leave(drill: DrillDown?, _ state: inout WorkbenchState) {
        state.drillDown = drill
        state.cohortRow = 0
        state.cohortsView.marked = []
        state.cohortsView.region = nil
        state.filter = ""
    }

    private static func move(_ step: Int, _ state: inout WorkbenchState) {
        let columns = CohortRows.columns(state)
        guard !columns.isEmpty else { return }
        let place = columns.firstIndex(of: state.cohortsView.column) ?? 0
        state.cohortsView.column = columns[max(0, min(place + step, columns.count - 1))]
    }

    private static func hide(_ state: inout WorkbenchState, _ space: PolicySpace) {
        let columns = CohortRows.columns(state)
        guard let place = columns.firstIndex(of: state.cohortsView.column), columns.count > 1 else {
            state.message = "the last column stays"
            return
        }
        state.cohortsView.hidden.insert(columns[place])
        state.cohortsView.column = columns[place + 1 < columns.count ? place + 1 : place - 1]
        state.message = "\(Wording.column(columns[place], space)) is hidden; + shows every column"
    }

    /// Sorts by the column with the cursor; a second time turns the order round.
    static func sort(_ state: inout WorkbenchState) {
        guard let space = state.description?.space else { return }
        if state.cohortsView.sort == state.cohortsView.column {
            state.cohortsView.isAscending.toggle()
        } else {
            state.cohortsView.sort = state.cohortsView.column
            state.cohortsView.isAscending = false
        }
        state.cohortRow = 0
        let order = state.cohortsView.isAscending ? "least or worst" : "most or best"
        state.message = "sorted by \(Wording.column(state.cohortsView.sort, space)), \(order) first"
    }
}
