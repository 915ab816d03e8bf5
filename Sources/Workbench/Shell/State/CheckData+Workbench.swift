import Studies

extension WorkKind {
    static let data = WorkKind("data")
}

extension CheckData: WorkbenchQuery {
    package static var work: WorkKind { .data }
    package static var isReplaceable: Bool { false }

    package func take(_ isUnchanged: Bool?, in state: inout WorkbenchState) -> [Work] {
        OpeningReducer.checked(isUnchanged, in: &state)
        return []
    }
}
