import Policies
import Runtime
import Studies

extension Study {
    /// What a pane of the Front screen tells of a candidate; nil for panes that need no work.
    /// - Throws: `EspalierError`; `CancellationError`.
    func inspect(_ candidate: Candidate, _ pane: FrontPane, _ context: RunContext) throws -> CandidateReport? {
        func begin(_ phase: String) -> RunContext {
            let named = context.naming("\(phase) \(candidate.name)")
            named.report(Progress(phase: "", done: 0, total: 1))
            return named
        }
        switch pane {
        case .estimates, .honesty, .search: return nil
        case .moves: return .moves(try sensitivity(of: candidate, percent: 1, context: begin("what moves what around")))
        case .shrinkage: return .shrinkage(try shrinkage(of: candidate, context: begin("the shrinkage in place of")))
        case .rules: return .rules(try explain(candidate, context: begin("rules in place of")))
        }
    }
}

extension RunContext {
    /// The same work, told under another name.
    func naming(_ phase: String) -> RunContext {
        RunContext(workers: workers, cancellation: cancellation) { [report] progress in
            report(Progress(phase: phase, done: progress.done, total: progress.total, detail: progress.detail))
        }
    }
}
