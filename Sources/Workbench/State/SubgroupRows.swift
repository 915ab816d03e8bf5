import Groups
import Studies

/// The subgroups of the focused arm and outcome, as the Trees screen lists them.
enum SubgroupRows {
    /// nil until they were searched.
    static func search(_ state: WorkbenchState) -> SubgroupSearch? {
        guard let trees = state.trees, trees.trees.indices.contains(state.treeIndex) else { return nil }
        let tree = trees.trees[state.treeIndex]
        return state.subgroups.first { $0.arm == tree.arm && $0.outcome == tree.outcome }
    }

    static func found(_ state: WorkbenchState) -> [SubgroupSearch.Found] {
        (search(state)?.found ?? []).filter { state.passesFilter(of: .trees, $0.text) }
    }

    /// The finding in one sentence.
    static func finding(_ state: WorkbenchState) -> String {
        guard let search = search(state) else { return "s searches the subgroups with the best and the worst effect" }
        let sure = search.found.count { $0.holmAgainstRest < 0.05 }
        return sure == 0
            ? "no subgroup surely differs from the rest: \(search.candidateCount) were looked at on the other half"
            : "\(sure) of \(search.found.count) subgroups surely differ from the rest, after Holm, on units that chose none"
    }

    /// The search that the focused pair needs.
    static func ask(_ state: inout WorkbenchState) -> [Work] {
        guard state.workspace != nil, let trees = state.trees, trees.trees.indices.contains(state.treeIndex) else {
            return Reducer.notReady(&state)
        }
        let tree = trees.trees[state.treeIndex]
        state.treesPane = .subgroups
        state.message = "searching subgroups"
        return [.operation(FindSubgroups(arm: tree.arm, outcome: tree.outcome))]
    }

    /// Takes in a search, in place of an earlier one of the same arm and outcome.
    static func take(_ search: SubgroupSearch, in state: inout WorkbenchState) {
        state.subgroups.removeAll { $0.arm == search.arm && $0.outcome == search.outcome }
        state.subgroups.append(search)
        state.treeRow = 0
        state.message = finding(state)
    }
}
