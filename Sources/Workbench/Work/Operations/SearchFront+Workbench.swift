import Studies

extension WorkKind {
    static let search = WorkKind("search", rank: 1)
}

extension SearchFront: WorkbenchOperation {
    package static var work: WorkKind { .search }

    package func take(_ outcome: Outcome, in state: inout WorkbenchState) -> [Work] {
        let record = outcome.record
        state.merge(outcome.candidates)
        state.front = record
        state.searchTrace = outcome.trace
        state.focusedCandidate = record.candidates.first
        state.message =
            "search \(record.search)\(settings.feasible ? " inside the limits" : ""): "
            + "\(record.points.count) policies on the front from \(settings.evaluations) passes, "
            + "\(outcome.candidates.count) shown"
        return []
    }
}

extension MoveReference: WorkbenchOperation {
    package func take(_ outcome: FrontRecord?, in state: inout WorkbenchState) -> [Work] {
        if let outcome { state.front = outcome }
        return []
    }
}
