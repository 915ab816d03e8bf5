import Policies
import Studies

/// Actions on the Front screen's plot.
enum FrontReducer {
    static func apply(_ action: FrontAction, to state: inout WorkbenchState) -> [Work] {
        guard state.space != nil else { return Reducer.notReady(&state) }
        switch action {
        case .zoom(let factor):
            let place = FrontPlane(state)?.place(of: state.focused)
            state.frontView.zoom(by: factor, around: factor > 1 ? place : nil)
            state.message =
                state.frontView.zoom == 1
                ? "everything is shown" : "\(Wording.number(state.frontView.zoom)) times as near; 0 shows everything"
        case .pan(let across, let up): state.frontView.pan(across: across, up: up)
        case .fit:
            state.frontView.zoom = 1
            state.frontView.middle = FrontView.Middle(across: 0.5, up: 0.5)
            state.message = "everything is shown"
        case .toggleWeightsOnly:
            state.showsWeightsOnly.toggle()
            state.message =
                !state.showsWeightsOnly
                ? "the front of the weights alone is left out"
                : state.front?.weightsOnly == nil
                    ? "the next search brings the front of the weights alone"
                    : "the front of the weights alone is drawn dotted"
        case .searchInside:
            guard state.space?.outcomes.contains(where: { $0.threshold != nil }) == true else {
                state.message = "no outcome has a limit; s searches everywhere"
                return []
            }
            state.message = "searching inside the limits"
            return [.operation(SearchFront(Reducer.searchSettings(state, feasible: true), inputs: state.inputs))]
        case .cycleWhiskers:
            let all = FrontView.Whiskers.allCases
            let place = all.firstIndex(of: state.frontView.whiskers) ?? 0
            state.frontView.whiskers = all[(place + 1) % all.count]
            state.message =
                switch state.frontView.whiskers {
                case .focused: "the interval of the focused candidate"
                case .front: "the intervals of the front"
                case .all: "the intervals of all candidates"
                case .none: "no intervals are drawn"
                }
        case .step(let across, let up): step(across, up, &state)
        case .anchor:
            guard let focused = state.focused else {
                state.message = "there is no candidate yet: s searches, a on Policy adds one"
                return []
            }
            let isOn = state.frontView.anchor == focused.id
            state.frontView.anchor = isOn ? nil : focused.id
            state.message =
                isOn ? "candidates stand by themselves again" : "candidates are measured from \(focused.name)"
        }
        return []
    }

    /// The candidate that is nearest along a direction of the plot, what lies aside counting double.
    private static func step(_ across: Int, _ up: Int, _ state: inout WorkbenchState) {
        guard let plane = FrontPlane(state), let focused = state.focused, let here = plane.place(of: focused) else {
            return
        }
        var best: (id: Int, distance: Double)?
        for candidate in state.visibleCandidates where candidate.id != focused.id {
            guard let there = plane.place(of: candidate) else { continue }
            let forward = Double(across) * (there.across - here.across) + Double(up) * (there.up - here.up)
            let aside = abs(Double(up) * (there.across - here.across)) + abs(Double(across) * (there.up - here.up))
            guard forward > 1e-9, forward >= aside * 0.5 else { continue }
            let distance = forward + 2 * aside
            if distance < best?.distance ?? .infinity { best = (candidate.id, distance) }
        }
        guard let best else {
            state.message = "no candidate lies that way"
            return
        }
        state.focusedCandidate = best.id
        state.message = ""
    }
}
