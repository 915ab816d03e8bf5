import Policies
import Studies

/// What can be done on the Budget screen.
package enum BudgetAction: ScreenAction {
    /// Moves the budget by steps of its track.
    case turn(Int)
    /// Sets the budget, in its present unit.
    case set(Double)
    /// Share of the units, cost, or price.
    case nextUnit
    case nextValue
    case nextCost
    case nextArm
    /// Keeps the policy of the budget as a candidate.
    case add
    /// Looks at the rankers on confirm.
    case confirm

    package func fits(_ space: PolicySpace) -> Bool {
        switch self {
        case .turn(let steps): ActionBounds.steps.contains(steps)
        case .set(let amount): amount.isFinite
        default: true
        }
    }
}

extension Action {
    package static func budget(_ action: BudgetAction) -> Action { .own(OwnAction(BudgetScreen.self, action)) }
}
