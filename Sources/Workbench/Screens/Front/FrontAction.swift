import Policies

/// What can be done on the Front screen.
package enum FrontAction: ScreenAction {
    // With candidates.
    case togglePick
    /// Asks before it picks so many by hypervolume.
    case choosePicks(Int)
    /// Picks so many, inside the limits where there are enough, beside what was picked by hand.
    case pickBest(Int)
    case focusBestInLimits
    /// Goes on from the candidate on the Policy screen.
    case tune
    case hideCandidate

    // With the front.
    case search
    /// Searches among the policies whose estimates keep every limit.
    case searchInside
    /// Moves the reference point of the hypervolume; nil goes back to that of the search.
    case setReference([String: Double]?)

    // With the plot.
    case cycleAxis(vertical: Bool)
    case zoom(Double)
    /// By shares of what is shown.
    case pan(across: Double, up: Double)
    /// Shows everything again.
    case fit
    case cycleWhiskers
    /// Draws the front of the weights alone, or leaves it out.
    case toggleWeightsOnly
    /// To the nearest candidate in a direction of the plot: right and up are better.
    case step(across: Int, up: Int)
    /// Measures the others from the focused candidate, or stops doing so.
    case anchor

    package func fits(_ space: PolicySpace) -> Bool {
        switch self {
        case .pickBest(let count), .choosePicks(let count): ActionBounds.counts.contains(count)
        case .zoom(let factor): ActionBounds.factors.contains(factor)
        case .pan(let across, let up): ActionBounds.shares.contains(across) && ActionBounds.shares.contains(up)
        case .step(let across, let up): ActionBounds.steps.contains(across) && ActionBounds.steps.contains(up)
        case .setReference(let reference):
            (reference ?? [:]).allSatisfy { name, value in
                value.isFinite && space.outcomes.contains { $0.name == name }
            }
        default: true
        }
    }
}

extension Action {
    package static func front(_ action: FrontAction) -> Action { .own(OwnAction(FrontScreen.self, action)) }
}
