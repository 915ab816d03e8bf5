import Policies
import Studies

/// Actions on candidates.
enum CandidatesReducer {
    static func apply(_ action: FrontAction, _ context: inout ScreenContext<FrontScreen>) {
        switch action {
        case .pickBest(let count):
            context.own.view.wanted = count
            context.ask(for: .operation(pick(count, context)))
        case .choosePicks(let count):
            context.own.view.wanted = count
            context.ask(for: .query(ChoosePicks(pick(count, context))))
        case .focusBestInLimits: focusBest(&context)
        case .togglePick, .hideCandidate, .tune:
            guard let candidate = context.state.focused else {
                context.message = "there is no candidate yet: s searches, a adds the present policy"
                return
            }
            switch action {
            case .togglePick: togglePick(candidate, &context)
            case .hideCandidate: hide(candidate, &context)
            default: tune(candidate, &context)
            }
        default: break
        }
    }

    /// What is picked already stays where the count has room for it.
    private static func pick(_ count: Int, _ context: ScreenContext<FrontScreen>) -> PickByHypervolume {
        let picked = context.state.decisions.picked
        return PickByHypervolume(count: count, inside: true, keeping: picked.count < count ? picked : [])
    }

    private static func togglePick(_ candidate: Candidate, _ context: inout ScreenContext<FrontScreen>) {
        context.own.focusedCandidate = candidate.id
        let isPicked = context.state.isPicked(candidate)
        context.message = "\(candidate.name) \(isPicked ? "is no longer picked" : "is picked")"
        context.decide("\(isPicked ? "unpick" : "pick") \(candidate.name)") { decisions in
            if isPicked { decisions.picked.remove(candidate.id) } else { decisions.picked.insert(candidate.id) }
        }
    }

    private static func hide(_ candidate: Candidate, _ context: inout ScreenContext<FrontScreen>) {
        context.own.focusedCandidate = candidate.id
        let visible = context.state.visibleCandidates
        if let place = visible.firstIndex(where: { $0.id == candidate.id }), visible.count > 1 {
            context.own.focusedCandidate = visible[place + 1 < visible.count ? place + 1 : place - 1].id
        }
        context.message = "\(candidate.name) is hidden; u brings it back"
        context.decide("hide \(candidate.name)") { decisions in
            decisions.hidden.insert(candidate.id)
            decisions.picked.remove(candidate.id)
        }
    }

    private static func tune(_ candidate: Candidate, _ context: inout ScreenContext<FrontScreen>) {
        context.show(PolicyScreen.screen)
        context.message = "tuning from candidate \(candidate.name)"
        context.decide("tune \(candidate.name)") { $0.knobs = candidate.knobs }
    }

    private static func focusBest(_ context: inout ScreenContext<FrontScreen>) {
        let state = context.state
        let inside = state.visibleCandidates.filter { ($0.tune?.limits ?? .inside) == .inside }
        let best = inside.max { state.orientedDifference($0, 0) < state.orientedDifference($1, 0) }
        guard let best else {
            context.message = "no candidate keeps every limit: f on the policy screen looks for one"
            return
        }
        context.own.focusedCandidate = best.id
        context.message = "\(best.name) is the best candidate inside the limits"
    }
}
