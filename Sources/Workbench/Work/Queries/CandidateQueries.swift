import Policies
import Runtime
import Studies

extension WorkKind {
    package static let candidateReport = WorkKind("candidate report", rank: 7)
    static let feasibility = WorkKind("feasibility")
    static let data = WorkKind("data")
}

/// What a pane of the Front screen tells of a candidate; nil for panes that need no work.
struct ReportCandidate: WorkbenchQuery {
    let candidate: Candidate
    let pane: FrontPane

    static var work: WorkKind { .candidateReport }

    func run(_ study: Study, _ context: RunContext) throws -> CandidateReport? {
        func begin(_ phase: String) -> RunContext {
            let named = context.naming("\(phase) \(candidate.name)")
            named.report(Progress(phase: "", done: 0, total: 1))
            return named
        }
        switch pane {
        case .estimates, .honesty, .search: return nil
        case .moves:
            return .moves(
                try study.answer(MeasureSensitivity(of: candidate, percent: 1), begin("what moves what around")))
        case .shrinkage:
            return .shrinkage(try study.answer(InvertShrinkage(of: candidate), begin("the shrinkage in place of")))
        case .rules: return .rules(try study.answer(Explain(candidate), begin("rules in place of")))
        }
    }

    func take(_ found: CandidateReport?, in state: inout WorkbenchState) -> [Work] {
        if let found { CandidateReportRequests.take(found, pane, of: candidate.id, in: &state) }
        return []
    }
}

extension EstimateFeasibility: WorkbenchQuery {
    package static var work: WorkKind { .feasibility }
    package static var isReplaceable: Bool { false }

    package func take(_ probabilities: [Double?], in state: inout WorkbenchState) -> [Work] {
        for (candidate, probability) in zip(candidates, probabilities) {
            if let probability { state.candidateReports.feasibility[candidate.id] = probability }
        }
        return []
    }
}

extension CheckData: WorkbenchQuery {
    package static var work: WorkKind { .data }
    package static var isReplaceable: Bool { false }

    package func take(_ isUnchanged: Bool?, in state: inout WorkbenchState) -> [Work] {
        OpeningReducer.checked(isUnchanged, in: &state)
        return []
    }
}
