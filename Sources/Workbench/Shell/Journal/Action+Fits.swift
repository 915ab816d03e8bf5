import Policies

extension Action {
    /// Whether it means something in a study of this size: knobs, arms and outcomes it has, steps and counts that hands and
    /// commands make. A log is a file that anybody may have written.
    func fits(_ space: PolicySpace) -> Bool {
        switch self {
        case .move(let steps), .focus(let steps), .rewind(let steps): ActionBounds.steps.contains(steps)
        case .show(let screen): screen.definition != nil
        case .own(let own): own.action.fits(space)
        default: true
        }
    }
}

/// Far beyond what anybody does, and far from where whole numbers end.
enum ActionBounds {
    static let steps = -1_000_000...1_000_000
    static let counts = 1...10_000_000
    static let factors = 1e-3...1e3
    static let shares = -1e3...1e3
}
