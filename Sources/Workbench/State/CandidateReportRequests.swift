import Policies
import Studies

/// Asks for what the Front screen shows of candidates, once it is looked at.
enum CandidateReportRequests {
    /// The work for what is looked at now and not known yet.
    static func follow(_ state: inout WorkbenchState) -> [Work] {
        guard state.screen == .front, let space = state.space else {
            state.candidateReports.asked = nil
            return []
        }
        return feasibility(&state, space) + inspection(&state)
    }

    private static func feasibility(_ state: inout WorkbenchState, _ space: PolicySpace) -> [Work] {
        guard space.outcomes.contains(where: { $0.threshold != nil }) else { return [] }
        let missing = state.visibleCandidates.filter { !state.candidateReports.judged.contains($0.id) }
        guard !missing.isEmpty else { return [] }
        state.candidateReports.judged.formUnion(missing.map(\.id))
        return [.query(EstimateFeasibility(of: missing.sorted { $0.id < $1.id }))]
    }

    private static func inspection(_ state: inout WorkbenchState) -> [Work] {
        guard state.frontPane.isComputed, let candidate = state.focused else {
            state.candidateReports.asked = nil
            return []
        }
        let key = CandidateReports.Key(pane: state.frontPane, candidate: candidate.id)
        guard state.candidateReports.asked != key else { return [] }
        state.candidateReports.asked = key
        return state.candidateReports.found[key] == nil
            ? [.query(ReportCandidate(candidate: candidate, pane: state.frontPane))] : []
    }

    static func take(_ found: CandidateReport, _ pane: FrontPane, of candidate: Int, in state: inout WorkbenchState) {
        state.candidateReports.found[CandidateReports.Key(pane: pane, candidate: candidate)] = found
        state.candidateReports.latest[pane] = candidate
    }
}
