import Policies
import Studies

extension Screen {
    package static let cohorts = Screen("cohorts")
}

/// The cohorts of one tree, the merged ones, or the cells of a drill-down: what the present policy gives them, and the effect of every arm.
package enum CohortsScreen: ScreenDefinition {
    package typealias State = CohortsState
    package typealias OwnAction = CohortsAction

    package static let screen = Screen.cohorts
    package static let number = 3
    package static let title = "Cohorts"
    package static let hint = "Who responds alike? s sorts, / filters by words."

    package static let keys =
        [
            Binding([.character("l"), .right], "column", "next column", .cohorts(.moveColumn(1))),
            Binding([.character("h"), .left], "", "previous column", .cohorts(.moveColumn(-1))),
            Binding([.character("s")], "sort", "sort by the column, or the other way round", .cohorts(.sort)),
            Binding([.character("v")], "kind", "cohorts of one tree, in few groups, or all merged", .cyclePane),
            Binding([.enter], "open", "a group's cohorts; elsewhere cross covariates", .cohorts(.open)),
            Binding([.character("d")], "drill", "cross one or two covariates", .prompt(.drill)),
            Binding([.character("n")], "numbers", "rules in numbers, or in quantile words", .cohorts(.toggleNumbers)),
            Binding([.character(" ")], "mark", "mark the row, or unmark it", .cohorts(.mark)),
            Binding([.character("w")], "write", "write the marked rows, or all, as CSV", .prompt(.cohortsPath)),
            Binding([.character("-")], "hide", "hide the column", .cohorts(.hideColumn)),
            Binding([.character("+")], "", "show every column", .cohorts(.showAllColumns)),
            Binding([.character("c")], "", "all cohorts again: no region, filter, marks", .cohorts(.clear)),
        ] + KeyTable.movement

    package static let derivations: [Derivation] = [
        Derivation(.cohortSums) { _ in SumCohorts() },
        Derivation(.cohortGroups) { _ in GroupCohorts() },
        Derivation(.cohortGains, after: .evaluation) { state in
            guard state.facts.workspace != nil else { return nil }
            let groups = CohortRows(state).kind == .groups ? state.results[.cohortGroups] : nil
            return GainByGroup(of: state.decisions.knobs, in: state.results[.drillDown], groups: groups)
        },
    ]

    package static func rowCount(_ state: WorkbenchState) -> Int { CohortRows(state).rows.count }
    package static func row(_ state: WorkbenchState) -> Int { state.cohorts.row }
    package static func focus(_ row: Int, _ context: inout ScreenContext<Self>) { context.own.row = row }

    /// Other cohorts: marks and cursor start anew.
    package static func showNextPane(_ context: inout ScreenContext<Self>) {
        let kinds = CohortRows.kinds(context.state)
        guard kinds.count > 1 else {
            context.message = "this study was fitted without the one tree; fit it again for its cohorts"
            return
        }
        let shown = kinds.firstIndex(of: CohortRows(context.state).kind) ?? 0
        let next = kinds[(shown + 1) % kinds.count]
        context.forget(.drillDown)
        context.own.startAnew()
        context.own.view.kind = next
        switch next {
        case .joint: context.message = "joint: the leaves of one tree for all arms and outcomes"
        case .groups:
            context.message =
                "groups: merged cohorts that differ only where the trees tell least are one row; Enter opens it"
        case .merged: context.message = "merged: every tree's leaves crossed, each cohort with its leaves' effects"
        }
    }

    package static func reduce(_ action: CohortsAction, _ context: inout ScreenContext<Self>) {
        CohortsReducer.apply(action, &context)
    }

    package static func adapt(_ own: inout CohortsState, to facts: StudyFacts, from before: StudyFacts) {
        guard before.description == nil, let space = facts.description?.space else { return }
        own.view = CohortsView(outcomeCount: space.outcomeCount)
    }

    /// The cells of a drill-down are read anew when asked for; rows and marks of cells would mean cohorts instead.
    package static func saved(_ state: WorkbenchState) -> CohortsState {
        var saved = state.cohorts
        if state.results[.drillDown] != nil {
            saved.row = 0
            saved.view.marked = []
        }
        return saved
    }

    package static func clipping(_ state: WorkbenchState) -> String? {
        let rows = CohortRows(state).rows
        return rows.indices.contains(state.cohorts.row) ? CohortCSV.text(state, [rows[state.cohorts.row]]) : nil
    }

    package static func close(_ state: WorkbenchState) -> Action? {
        if state.results[.drillDown] == nil, state.cohorts.view.group != nil { return .cohorts(.closeGroup) }
        let isOpen = state.results[.drillDown] != nil || state.cohorts.view.region != nil
        return isOpen ? .cohorts(.clear) : nil
    }

    package static func finding(_ state: WorkbenchState) -> String {
        guard let trees = state.facts.trees else { return "cohorts are being merged" }
        let count = trees.cohorts.rows.count
        let table = CohortRows(state)
        let others = "v shows the \(count) merged\(state.results[.cohortGroups] == nil ? "" : ", in groups or all")"
        switch table.kind {
        case .joint:
            return table.count == 1
                ? "one cohort: the one tree found no difference between units; \(others)"
                : "\(table.count) cohorts of one tree for all arms and outcomes; \(others)"
        case .groups:
            return "\(count) merged cohorts in \(table.count) groups, by the splits that tell most; Enter opens one"
        case .merged:
            return count == 1
                ? "one cohort: no tree found a difference between units"
                : "\(count) merged cohorts, each with the effects of its leaves"
        }
    }
}
