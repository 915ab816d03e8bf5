import Policies
import Runtime
import Studies

extension WorkKind {
    package static let candidateReport = WorkKind("candidate report", rank: 7)
    static let feasibility = WorkKind("feasibility")
    static let arms = WorkKind("arms")
}

/// What a pane of the Front screen tells of a candidate; nil for panes that need no work.
struct ReportCandidate: DerivedQuery {
    static let needsUnits = false
    let candidate: Candidate
    let pane: FrontPane

    static var work: WorkKind { .candidateReport }

    var inputs: CandidateReports.Key { CandidateReports.Key(pane: pane, candidate: candidate.id) }

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
        guard let found else { return [] }
        state.results[.candidateReports].found[inputs] = found
        state.results[.candidateReports].latest[pane] = candidate.id
        return []
    }
}

extension EstimateFeasibility: DerivedQuery {
    package static var work: WorkKind { .feasibility }

    package var inputs: [Int] { candidates.map(\.id) }

    package func take(_ probabilities: [Double?], in state: inout WorkbenchState) -> [Work] {
        for (candidate, probability) in zip(candidates, probabilities) {
            state.results[.feasibility].updateValue(probability, forKey: candidate.id)
        }
        return []
    }
}

extension EvaluateArms: DerivedQuery {
    package static var work: WorkKind { .arms }

    /// Nothing that an analyst can change.
    package var inputs: String { "" }

    package func take(_ evaluations: [PolicyEvaluation], in state: inout WorkbenchState) -> [Work] {
        state.results.take(evaluations, as: .arms, from: inputs)
        return []
    }
}
