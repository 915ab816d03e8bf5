import Groups
import Studies

extension WorkKind {
    static let subgroups = WorkKind("subgroups", rank: 5)
}

extension FindSubgroups: WorkbenchOperation {
    package static var work: WorkKind { .subgroups }

    package func take(_ search: SubgroupSearch, in state: inout WorkbenchState) -> [Work] {
        SubgroupRows.take(search, in: &state)
        return []
    }
}
