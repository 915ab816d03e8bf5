import Policies

/// What can be done on the Trees screen.
package enum TreesAction: ScreenAction {
    /// To the tree of another arm, or of another outcome.
    case cycleArm(Int)
    case cycleOutcome(Int)
    /// Folds the node, or unfolds it.
    case toggleNode
    case showCohortsOfNode
    /// Searches the subgroups of the focused arm and outcome.
    case searchSubgroups

    package func fits(_ space: PolicySpace) -> Bool {
        switch self {
        case .cycleArm(let steps), .cycleOutcome(let steps): ActionBounds.steps.contains(steps)
        default: true
        }
    }
}

extension Action {
    package static func trees(_ action: TreesAction) -> Action { .own(OwnAction(TreesScreen.self, action)) }
}
