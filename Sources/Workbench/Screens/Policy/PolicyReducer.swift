import Policies
import Studies

/// Actions on knobs and what is compared with them.
enum PolicyReducer {
    static func apply(_ action: PolicyAction, _ context: inout ScreenContext<PolicyScreen>) {
        guard let workspace = context.state.facts.workspace else {
            context.sayNotReady()
            return
        }
        let knobs = context.state.decisions.knobs
        switch action {
        case .turn(let steps):
            guard let knob = context.state.knob else { return context.sayNotReady() }
            let value = workspace.grids[knob].step(from: knobs[knob], by: steps)
            turn(knob, to: value, &context, merges: "turn \(knob.name(in: workspace.space))")
        case .set(let knob, let value):
            guard isAllowed(value, for: knob) else {
                context.message = "a shrinkage lies between 0 and 1"
                return
            }
            turn(knob, to: value, &context, merges: nil)
        case .reset:
            guard let knob = context.state.knob else { return context.sayNotReady() }
            turn(knob, to: 0, &context, merges: nil)
        case .addCandidate: addCandidate(&context)
        case .pin: pin(&context)
        case .holdLimits:
            context.message = "looking for the best policy inside the limits"
            context.ask(for: .operation(HoldLimits(from: knobs)))
        }
    }

    private static func addCandidate(_ context: inout ScreenContext<PolicyScreen>) {
        let knobs = context.state.decisions.knobs
        if let known = context.state.visibleCandidates.first(where: { $0.isMade(by: knobs) }) {
            context.message = "this policy is candidate \(known.name) already"
            return
        }
        guard context.state.awaitedCandidate != knobs else {
            context.message = "this policy is being added already"
            return
        }
        context.await(knobs)
        context.ask(for: .operation(AddCandidate(knobs)))
    }

    private static func pin(_ context: inout ScreenContext<PolicyScreen>) {
        let knobs = context.state.decisions.knobs
        let isPinned = context.state.decisions.pins.contains(knobs)
        context.decide(isPinned ? "unpin" : "pin") { decisions in
            if isPinned {
                decisions.pins.removeAll { $0 == knobs }
            } else {
                decisions.pins = Array((decisions.pins + [knobs]).suffix(mostPins))
            }
        }
        let count = context.state.decisions.pins.count
        context.message =
            isPinned
            ? "unpinned; \(count == 0 ? "nothing is" : "\(count) still") pinned"
            : "pinned as \(count); v shows pins side by side"
    }

    /// As many as stand side by side on a wide screen.
    private static let mostPins = 5

    private static func isAllowed(_ value: Double, for knob: Knob) -> Bool {
        if case .shrinkage = knob { return (0...1).contains(value) }
        return value.isFinite
    }

    private static func turn(
        _ knob: Knob, to value: Double, _ context: inout ScreenContext<PolicyScreen>, merges: String?
    ) {
        guard let space = context.state.space else { return }
        let old = context.state.decisions.knobs[knob]
        let name = Wording.knob(knob, space)
        context.decide(name, merges: merges) { $0.knobs[knob] = value }
        context.message = "\(name) \(Wording.number(old)) \(Wording.arrow) \(Wording.number(value))"
    }
}
