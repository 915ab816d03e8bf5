import Policies
import Studies

/// Actions on the Front screen's plot.
enum FrontPlotReducer {
    static func apply(_ action: FrontAction, _ context: inout ScreenContext<FrontScreen>) {
        switch action {
        case .cycleAxis(let vertical):
            guard let outcomes = context.state.space?.outcomeCount else { return }
            // An outcome against itself shows nothing.
            func next(_ axis: Int, beside other: Int) -> Int {
                let next = (axis + 1) % outcomes
                return next == other && outcomes > 1 ? (next + 1) % outcomes : next
            }
            let (across, up) = (context.own.horizontalOutcome, context.own.verticalOutcome)
            if vertical {
                context.own.verticalOutcome = next(up, beside: across)
            } else {
                context.own.horizontalOutcome = next(across, beside: up)
            }
        case .zoom(let factor):
            let place = FrontPlane(context.state)?.place(of: context.state.focused)
            context.own.view.zoom(by: factor, around: factor > 1 ? place : nil)
            context.message =
                context.own.view.zoom == 1
                ? "everything is shown" : "\(Wording.number(context.own.view.zoom)) times as near; 0 shows everything"
        case .pan(let across, let up): context.own.view.pan(across: across, up: up)
        case .fit:
            context.own.view.zoom = 1
            context.own.view.middle = FrontView.Middle(across: 0.5, up: 0.5)
            context.message = "everything is shown"
        case .toggleWeightsOnly:
            context.own.showsWeightsOnly.toggle()
            context.message =
                !context.own.showsWeightsOnly
                ? "the front of the weights alone is left out"
                : context.state.facts.front?.weightsOnly == nil
                    ? "the next search brings the front of the weights alone"
                    : "the front of the weights alone is drawn dotted"
        case .cycleWhiskers:
            let all = FrontView.Whiskers.allCases
            let place = all.firstIndex(of: context.own.view.whiskers) ?? 0
            context.own.view.whiskers = all[(place + 1) % all.count]
            context.message =
                switch context.own.view.whiskers {
                case .focused: "the interval of the focused candidate"
                case .front: "the intervals of the front"
                case .all: "the intervals of all candidates"
                case .none: "no intervals are drawn"
                }
        case .step(let across, let up): step(across, up, &context)
        case .anchor:
            guard let focused = context.state.focused else {
                context.message = "there is no candidate yet: s searches, a on Policy adds one"
                return
            }
            let isOn = context.own.view.anchor == focused.id
            context.own.view.anchor = isOn ? nil : focused.id
            context.message =
                isOn ? "candidates stand by themselves again" : "candidates are measured from \(focused.name)"
        default: break
        }
    }

    /// The candidate that is nearest along a direction of the plot, what lies aside counting double.
    private static func step(_ across: Int, _ up: Int, _ context: inout ScreenContext<FrontScreen>) {
        guard let plane = FrontPlane(context.state), let focused = context.state.focused,
            let here = plane.place(of: focused)
        else {
            return
        }
        var best: (id: Int, distance: Double)?
        for candidate in context.state.visibleCandidates where candidate.id != focused.id {
            guard let there = plane.place(of: candidate) else { continue }
            let forward = Double(across) * (there.across - here.across) + Double(up) * (there.up - here.up)
            let aside = abs(Double(up) * (there.across - here.across)) + abs(Double(across) * (there.up - here.up))
            guard forward > 1e-9, forward >= aside * 0.5 else { continue }
            let distance = forward + 2 * aside
            if distance < best?.distance ?? .infinity { best = (candidate.id, distance) }
        }
        guard let best else {
            context.message = "no candidate lies that way"
            return
        }
        context.own.focusedCandidate = best.id
        context.message = ""
    }
}
