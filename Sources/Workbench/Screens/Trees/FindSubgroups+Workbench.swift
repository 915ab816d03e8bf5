import Groups
import Studies

extension WorkKind {
    static let subgroups = WorkKind("subgroups", rank: 5)
}

extension ResultKey where Value == [SubgroupSearch] {
    /// One search for each arm and outcome that was asked for.
    package static var subgroups: ResultKey { ResultKey("subgroups", initial: []) }
}

extension FindSubgroups: WorkbenchOperation {
    package static var work: WorkKind { .subgroups }

    /// Takes in a search, in place of an earlier one of the same arm and outcome.
    package func take(_ search: SubgroupSearch, in state: inout WorkbenchState) -> [Work] {
        state.results[.subgroups].removeAll { $0.arm == search.arm && $0.outcome == search.outcome }
        state.results[.subgroups].append(search)
        state.trees.row = 0
        state.message = SubgroupRows.finding(state)
        return []
    }
}
