import Policies
import Studies

/// Which candidates the data cannot tell apart.
enum Indistinguishable {
    /// Whether a candidate cannot be told from a pick: between picks by the joint intervals of their differences, else by
    /// whether its own intervals meet a pick's on both outcomes of the plot.
    static func overlapsPick(_ candidate: Candidate, _ state: WorkbenchState) -> Bool {
        if state.isPicked(candidate), let report = state.results[.pickReport] {
            return !CandidateSelectionBias.rivals(of: candidate, report).isEmpty
        }
        return state.facts.candidates.contains { rival in
            rival.id != candidate.id && state.isPicked(rival) && !state.decisions.hidden.contains(rival.id)
                && overlap(candidate, rival, on: [state.front.horizontalOutcome, state.front.verticalOutcome])
        }
    }

    private static func overlap(_ a: Candidate, _ b: Candidate, on outcomes: [Int]) -> Bool {
        guard let a = a.tune, let b = b.tune else { return false }
        return a.overlaps(b, on: outcomes)
    }
}
