import Frontier
import Studies

extension WorkKind {
    static let search = WorkKind("search", rank: 1, words: "the search")
}

extension ResultKey where Value == [TracePoint] {
    /// Hypervolume by passes and seconds of the search done last in this sitting.
    package static var searchTrace: ResultKey { ResultKey("search trace", initial: []) }
}

extension SearchFront: WorkbenchOperation {
    package static var work: WorkKind { .search }

    package func take(_ outcome: Outcome, in state: inout WorkbenchState) -> [Work] {
        let record = outcome.record
        state.facts.merge(outcome.candidates)
        state.facts.front = record
        state.results[.searchTrace] = outcome.trace
        state.front.focusedCandidate = record.candidates.first
        state.message =
            "search \(record.search)\(settings.feasible ? " inside the limits" : ""): "
            + "\(record.points.count) policies on the front from \(settings.evaluations) passes, "
            + "\(outcome.candidates.count) shown"
        return []
    }
}

extension MoveReference: WorkbenchOperation {
    package func take(_ outcome: FrontRecord?, in state: inout WorkbenchState) -> [Work] {
        if let outcome { state.facts.front = outcome }
        return []
    }
}
