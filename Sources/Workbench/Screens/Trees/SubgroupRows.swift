import Groups
import Studies

/// The subgroups of the focused arm and outcome, as the Trees screen lists them.
enum SubgroupRows {
    /// nil until they were searched.
    static func search(_ state: WorkbenchState) -> SubgroupSearch? {
        guard let trees = state.facts.trees, trees.trees.indices.contains(state.trees.index) else { return nil }
        let tree = trees.trees[state.trees.index]
        return state.results[.subgroups].first { $0.arm == tree.arm && $0.outcome == tree.outcome }
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
}
