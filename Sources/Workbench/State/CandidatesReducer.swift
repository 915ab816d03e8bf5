import Policies
import Studies

/// Actions on candidates.
enum CandidatesReducer {
    /// The candidate that a note would go to: the focused one, or on the Policy screen the one with these knobs.
    static func noted(_ state: WorkbenchState) -> Candidate? {
        guard state.screen == .policy else { return state.focused }
        return state.candidates.last { $0.knobs == state.decisions.knobs && !state.decisions.hidden.contains($0.id) }
    }

    static func apply(_ action: Action, to state: inout WorkbenchState) -> [Work] {
        guard state.workspace != nil else { return Reducer.notReady(&state) }
        let before = state.decisions
        switch action {
        case .addCandidate:
            if let known = state.visibleCandidates.first(where: { $0.knobs == before.knobs }) {
                state.message = "this policy is candidate \(known.name) already"
                return []
            }
            guard state.awaitedCandidate != before.knobs else {
                state.message = "this policy is being added already"
                return []
            }
            state.awaitedCandidate = before.knobs
            return [.operation(AddCandidate(before.knobs))]
        case .pickBest(let count):
            state.frontView.wanted = count
            return [.operation(PickByHypervolume(count: count))]
        case .setReference(let reference):
            state.decisions.reference = reference
            state.message =
                reference == nil ? "the reference point of the search counts again" : "the reference point was moved"
            return Reducer.decided("move the reference", before: before, in: &state)
        case .note(let text):
            guard let candidate = noted(state) else {
                state.message = "only a candidate can be named: a adds the present policy"
                return []
            }
            return [.followUp(SetNote(text, of: candidate.id))]
        case .togglePick, .hideCandidate:
            guard let candidate = state.focused else {
                state.message = "there is no candidate yet: s searches, a adds the present policy"
                return []
            }
            state.focusedCandidate = candidate.id
            if action == .togglePick {
                let isPicked = state.isPicked(candidate)
                if isPicked {
                    state.decisions.picked.remove(candidate.id)
                } else {
                    state.decisions.picked.insert(candidate.id)
                }
                state.message = "\(candidate.name) \(isPicked ? "is no longer picked" : "is picked")"
                return Reducer.decided(
                    "\(isPicked ? "unpick" : "pick") \(candidate.name)", before: before, in: &state)
            }
            let visible = state.visibleCandidates
            if let place = visible.firstIndex(where: { $0.id == candidate.id }), visible.count > 1 {
                state.focusedCandidate = visible[place + 1 < visible.count ? place + 1 : place - 1].id
            }
            state.decisions.hidden.insert(candidate.id)
            state.decisions.picked.remove(candidate.id)
            state.message = "\(candidate.name) is hidden; u brings it back"
            return Reducer.decided("hide \(candidate.name)", before: before, in: &state)
        default: return []
        }
    }
}
