import Groups
import Policies

/// What can be done on the Allocate screen.
package enum AllocateAction: ScreenAction {
    /// Moves the focused limit by steps of its track.
    case turn(Int)
    /// Sets the limit of an outcome: of its control where that is not 0, else in its own unit.
    case setLimit(Int, Double)
    /// The spec's limit of the focused outcome again.
    case resetLimit
    case nextMethod
    /// Merged cohorts, or those of one tree.
    case nextCohorts
    case divide(CohortKind)
    case nextEffects
    /// Keeps the allocation as a candidate.
    case add
    /// Looks at it on confirm.
    case confirm
    /// Says what the laboratory's answer is.
    case explainLaboratory
    /// Method, cohorts and effects as the laboratory's best method has them.
    case useLaboratory

    package func fits(_ space: PolicySpace) -> Bool {
        switch self {
        case .turn(let steps): ActionBounds.steps.contains(steps)
        case .setLimit(let outcome, let value): space.outcomes.indices.dropFirst().contains(outcome) && value.isFinite
        default: true
        }
    }
}

extension Action {
    package static func allocate(_ action: AllocateAction) -> Action { .own(OwnAction(AllocateScreen.self, action)) }
}
