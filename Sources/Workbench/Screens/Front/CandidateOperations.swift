import Policies
import Studies

extension AddCandidate: WorkbenchOperation {
    package func take(_ candidate: Candidate, in state: inout WorkbenchState) -> [Work] {
        if state.awaitedCandidate == candidate.knobs { state.awaitedCandidate = nil }
        state.facts.merge([candidate])
        state.front.focusedCandidate = candidate.id
        state.message = "added candidate \(candidate.name)"
        guard let export = state.awaitedExport, export.knobs == candidate.knobs else { return [] }
        state.awaitedExport = nil
        return [.operation(ExportPolicy(candidate, to: export.path, state.services))]
    }
}

extension SetPicks: WorkbenchOperation {
    package func take(_ outcome: Outcome, in state: inout WorkbenchState) -> [Work] {
        state.facts.merge(outcome.candidates)
        state.facts.looks = outcome.looks
        return [.query(ReportPicks())]
    }
}

extension PickByHypervolume: WorkbenchOperation {
    package func take(_ outcome: Outcome, in state: inout WorkbenchState) -> [Work] {
        state.facts.merge(outcome.candidates)
        state.facts.looks = outcome.looks
        state.front.view.wanted = outcome.candidates.count
        state.message =
            "\(outcome.candidates.map(\.name).joined(separator: " ")) keep "
            + "\(Wording.percent(outcome.share)) of the hypervolume (\(outcome.proof.rawValue))"
        state.awaitedComparison = state.message
        return [.query(ReportPicks())]
    }
}

extension ReportPicks: WorkbenchQuery {
    package static var work: WorkKind { .candidates }
    package static var isReplaceable: Bool { false }

    package func take(_ report: PickReport?, in state: inout WorkbenchState) -> [Work] {
        state.results[.pickReport] = report
        // The sentence on picks by hypervolume ends with those that nobody can tell apart.
        if let awaited = state.awaitedComparison, awaited == state.message, let pair = report?.alike.first {
            state.message += "; \(pair.first) and \(pair.second) cannot be told apart"
        }
        state.awaitedComparison = nil
        return []
    }
}

extension ResultKey where Value == PickReport? {
    /// Which picks cannot be told apart.
    package static var pickReport: ResultKey { ResultKey("pick report") }
}

extension SetHidden: WorkbenchOperation {}

extension SetNote: WorkbenchOperation {
    package func take(_ candidate: Candidate?, in state: inout WorkbenchState) -> [Work] {
        guard let candidate else { return [] }
        state.facts.merge([candidate])
        state.message = "\(candidate.name) is noted"
        return []
    }
}

extension LookAtConfirm: WorkbenchOperation {
    package func take(_ looks: Int, in state: inout WorkbenchState) -> [Work] {
        state.facts.looks = looks
        return []
    }
}

extension ExplainOnConfirm: WorkbenchOperation {
    package func take(_ outcome: Outcome, in state: inout WorkbenchState) -> [Work] {
        state.facts.looks = outcome.looks
        return []
    }
}
