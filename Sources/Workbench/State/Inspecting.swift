import Policies
import Studies

/// Asks for what the Front screen shows of candidates, once it is looked at.
enum Inspecting {
    /// The jobs for what is looked at now and not known yet.
    static func follow(_ state: inout WorkbenchState) -> [Job] {
        guard state.screen == .front, let space = state.space else {
            state.inspections.asked = nil
            return []
        }
        return feasibility(&state, space) + inspection(&state)
    }

    private static func feasibility(_ state: inout WorkbenchState, _ space: PolicySpace) -> [Job] {
        guard space.outcomes.contains(where: { $0.threshold != nil }) else { return [] }
        let missing = state.visibleCandidates.filter { !state.inspections.judged.contains($0.id) }
        guard !missing.isEmpty else { return [] }
        state.inspections.judged.formUnion(missing.map(\.id))
        return [.judgeFeasibility(missing.sorted { $0.id < $1.id })]
    }

    private static func inspection(_ state: inout WorkbenchState) -> [Job] {
        guard state.frontPane.isComputed, let candidate = state.focused else {
            state.inspections.asked = nil
            return []
        }
        let key = Inspections.Key(pane: state.frontPane, candidate: candidate.id)
        guard state.inspections.asked != key else { return [] }
        state.inspections.asked = key
        return state.inspections.found[key] == nil ? [.inspect(candidate, state.frontPane)] : []
    }

    static func take(_ found: Inspection, _ pane: FrontPane, of candidate: Int, in state: inout WorkbenchState) {
        state.inspections.found[Inspections.Key(pane: pane, candidate: candidate)] = found
        state.inspections.latest[pane] = candidate
    }
}
