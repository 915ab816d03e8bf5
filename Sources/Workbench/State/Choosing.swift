import Policies
import Studies

/// Actions on candidates.
enum Choosing {
    static func apply(_ action: Action, to state: inout WorkbenchState) -> [Job] {
        guard state.workspace != nil else { return Reducer.notReady(&state) }
        let before = state.decisions
        switch action {
        case .addCandidate:
            if let known = state.visibleCandidates.first(where: { $0.knobs == before.knobs }) {
                state.message = "this policy is candidate \(known.name) already"
                return []
            }
            return [.addCandidate(before.knobs)]
        case .pickBest(let count): return [.pickBest(count)]
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
