import Policies
import Studies

/// Actions on the Cohorts screen's table.
enum CohortsReducer {
    static func apply(_ action: CohortsAction, _ context: inout ScreenContext<CohortsScreen>) {
        guard context.state.facts.trees != nil, let space = context.state.facts.description?.space else {
            context.message = "cohorts are still being merged"
            return
        }
        switch action {
        case .moveColumn(let step): move(step, &context)
        case .sort: sort(&context, space)
        case .hideColumn: hide(&context, space)
        case .showAllColumns:
            context.own.view.hidden = []
            context.message = "all columns are shown"
        case .mark:
            let rows = CohortRows(context.state).rows
            guard rows.indices.contains(context.own.row) else { return }
            let row = rows[context.own.row]
            if context.own.view.marked.remove(row) == nil { context.own.view.marked.insert(row) }
            context.own.row = min(context.own.row + 1, rows.count - 1)
            context.message = "\(context.own.view.marked.count) marked"
        case .toggleNumbers:
            let isInNumbers = context.own.view.isInNumbers != true
            context.own.view.isInNumbers = isInNumbers
            context.message =
                isInNumbers
                ? "rules in numbers" : "rules in quantile words: low 30% are the 30% of units with the lowest values"
        case .open: open(&context)
        case .closeGroup:
            let group = context.own.view.group
            startAnew(&context)
            context.own.view.kind = .groups
            context.own.row = CohortRows(context.state).rows.firstIndex { $0 == group } ?? 0
        case .clear:
            startAnew(&context)
            context.message = "all cohorts are shown"
        case .showRegion(let region, let column):
            context.forget(.drillDown)
            context.filter = ""
            context.own.row = 0
            context.own.view.region = region
            context.own.view.column = column
            context.own.view.hidden.remove(column)
        case .drill(let names):
            guard !names.isEmpty else {
                startAnew(&context)
                return
            }
            context.message = "reading \(names.joined(separator: " and ")) again"
            context.ask(for: .query(CrossCovariates(names)))
        case .export(let path):
            context.ask(for: .operation(ExportText(CohortCSV.text(context.state), to: path, context.state.services)))
        }
    }

    private static func open(_ context: inout ScreenContext<CohortsScreen>) {
        let table = CohortRows(context.state)
        let rows = table.rows
        guard context.state.results[.drillDown] == nil, table.kind == .groups, rows.indices.contains(context.own.row)
        else {
            context.prompt(.drill)
            return
        }
        let group = rows[context.own.row]
        startAnew(&context)
        context.own.view.group = group
        context.message = "the cohorts of group \(group + 1); Esc goes back to the groups"
    }

    /// Another set of rows: all cohorts, without marks.
    private static func startAnew(_ context: inout ScreenContext<CohortsScreen>) {
        context.forget(.drillDown)
        context.filter = ""
        context.own.startAnew()
    }

    private static func move(_ step: Int, _ context: inout ScreenContext<CohortsScreen>) {
        let columns = CohortRows(context.state).columns
        guard !columns.isEmpty else { return }
        let place = columns.firstIndex(of: context.own.view.column) ?? 0
        context.own.view.column = columns[max(0, min(place + step, columns.count - 1))]
    }

    private static func hide(_ context: inout ScreenContext<CohortsScreen>, _ space: PolicySpace) {
        let columns = CohortRows(context.state).columns
        guard let place = columns.firstIndex(of: context.own.view.column), columns.count > 1 else {
            context.message = "the last column stays"
            return
        }
        context.own.view.hidden.insert(columns[place])
        context.own.view.column = columns[place + 1 < columns.count ? place + 1 : place - 1]
        context.message = "\(Wording.column(columns[place], space)) is hidden; + shows every column"
    }

    private static func sort(_ context: inout ScreenContext<CohortsScreen>, _ space: PolicySpace) {
        if context.own.view.sort == context.own.view.column {
            context.own.view.isAscending.toggle()
        } else {
            context.own.view.second = context.own.view.sort
            context.own.view.sort = context.own.view.column
            context.own.view.isAscending = false
        }
        context.own.row = 0
        let order = context.own.view.isAscending ? "least or worst" : "most or best"
        let second = context.own.view.second.map { ", then by \(Wording.column($0, space))" } ?? ""
        context.message = "sorted by \(Wording.column(context.own.view.sort, space))\(second), \(order) first"
    }
}

extension CohortsState {
    /// For another set of rows: marks and cursor start anew.
    mutating func startAnew() {
        row = 0
        view.marked = []
        view.region = nil
        view.group = nil
    }
}
