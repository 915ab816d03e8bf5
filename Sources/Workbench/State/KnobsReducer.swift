import Policies
import Studies

/// Actions on knobs and what is compared with them.
enum KnobsReducer {
    static func apply(_ action: Action, to state: inout WorkbenchState) -> [Work] {
        guard let workspace = state.workspace, let knob = state.knob else { return Reducer.notReady(&state) }
        let before = state.decisions
        switch action {
        case .turn(let steps):
            let value = workspace.grids[knob].step(from: before.knobs[knob], by: steps)
            return turn(knob, to: value, in: &state, merges: "turn \(knob.name(in: workspace.space))")
        case .set(let target, let value):
            guard isAllowed(value, for: target) else {
                state.message = "a shrinkage lies between 0 and 1"
                return []
            }
            return turn(target, to: value, in: &state, merges: nil)
        case .reset: return turn(knob, to: 0, in: &state, merges: nil)
        case .pin:
            let isPinned = before.pins.contains(before.knobs)
            if isPinned {
                state.decisions.pins.removeAll { $0 == before.knobs }
            } else {
                state.decisions.pins = Array((before.pins + [before.knobs]).suffix(mostPins))
                if let known = state.evaluation, !state.evaluationIsStale { state.pinEvaluations[before.knobs] = known }
            }
            let count = state.decisions.pins.count
            state.message =
                isPinned
                ? "unpinned; \(count == 0 ? "nothing is" : "\(count) still") pinned"
                : "pinned as \(count); v shows pins side by side"
            return Reducer.decided(isPinned ? "unpin" : "pin", before: before, in: &state)
        case .tune:
            guard let candidate = state.focused else {
                state.message = "there is no candidate yet: s searches, a adds the present policy"
                return []
            }
            state.decisions.knobs = candidate.knobs
            state.screen = .policy
            state.message = "tuning from candidate \(candidate.name)"
            return Reducer.decided("tune \(candidate.name)", before: before, in: &state)
        case .cycleEstimator:
            let all: [Estimator] = [.dr, .snips, .ips, .dm, .switching(limit: Double(2 * workspace.space.armCount))]
            let index = all.firstIndex { $0.name == state.estimator.name } ?? 0
            state.estimator = all[(index + 1) % all.count]
            state.message = "estimator: \(state.estimator.name)"
            var work = refresh(&state)
            state.pinEvaluations = [:]
            if !state.decisions.pins.isEmpty {
                work.append(.query(EvaluatePins(pins: state.decisions.pins, estimator: state.estimator)))
            }
            return work
        default: return []
        }
    }

    /// As many as stand side by side on a wide screen.
    static let mostPins = 5

    private static func isAllowed(_ value: Double, for knob: Knob) -> Bool {
        if case .shrinkage = knob { return (0...1).contains(value) }
        return value.isFinite
    }

    private static func turn(_ knob: Knob, to value: Double, in state: inout WorkbenchState, merges: String?) -> [Work]
    {
        guard let space = state.space else { return [] }
        let before = state.decisions
        let old = before.knobs[knob]
        state.decisions.knobs[knob] = value
        let name = Wording.knob(knob, space)
        state.message = "\(name) \(Wording.number(old)) \(Wording.arrow) \(Wording.number(value))"
        return Reducer.decided(name, before: before, in: &state, merges: merges)
    }

    /// Asks for new values at the present knobs and marks the old ones as stale.
    static func refresh(_ state: inout WorkbenchState) -> [Work] {
        guard state.workspace != nil, let knob = state.knob else { return [] }
        let knobs = state.decisions.knobs
        state.evaluationIsStale = true
        var work: [Work] = [.query(EvaluatePresent(knobs: knobs, estimator: state.estimator))]
        if !profileHolds(state, knob) {
            state.profileIsStale = true
            work.append(.query(ProfileKnob(knob, from: knobs, by: state.estimator)))
        }
        return work
    }

    /// Whether the curve shown still is the one along the focused knob: turning that knob does not move its own curve.
    private static func profileHolds(_ state: WorkbenchState, _ knob: Knob) -> Bool {
        guard let origin = state.profileOrigin, state.profile?.knob == knob else { return false }
        var mine = state.decisions.knobs
        var theirs = origin.knobs
        mine[knob] = 0
        theirs[knob] = 0
        return mine == theirs && origin.estimator == state.estimator
    }

    /// The curve along another knob.
    static func refocus(_ state: inout WorkbenchState) -> [Work] {
        guard state.workspace != nil, let knob = state.knob, !profileHolds(state, knob) else { return [] }
        state.profileIsStale = true
        return [.query(ProfileKnob(knob, from: state.decisions.knobs, by: state.estimator))]
    }
}
