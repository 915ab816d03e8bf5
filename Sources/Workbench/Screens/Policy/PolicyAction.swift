import Policies

/// What can be done on the Policy screen.
package enum PolicyAction: ScreenAction {
    /// Turns the focused knob by steps of its track.
    case turn(steps: Int)
    case set(Knob, Double)
    case reset
    /// Adds the present policy to the candidates.
    case addCandidate
    /// Keeps the present policy to compare with, or stops doing so.
    case pin
    /// Looks for the best policy inside the limits.
    case holdLimits

    package func fits(_ space: PolicySpace) -> Bool {
        switch self {
        case .turn(let steps): ActionBounds.steps.contains(steps)
        case .set(let knob, let value): Knob.all(in: space).contains(knob) && value.isFinite
        case .reset, .addCandidate, .pin, .holdLimits: true
        }
    }
}

extension Action {
    package static func policy(_ action: PolicyAction) -> Action { .own(OwnAction(PolicyScreen.self, action)) }
}
