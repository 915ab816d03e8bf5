import Experiments

/// What can be done on the set-up screen.
package enum SetupAction: UnloggedAction {
    /// The focused column's next part.
    case nextPart
    case give(SpecDraft.Part)
    /// Makes the focused column an outcome, or its outcome the objective.
    case objective
    case flipDirection
    case flipKind
    case nextMissing
    case nextControl
    case setLimit(Threshold?)
    /// In the order of the arms.
    case setCosts([Double])
    case setShares([Double])
    case apply(SpecTemplate)
    case templates
    case yaml
    /// Runs the health checks again.
    case check
    case write(path: String)
    /// Reads a spec again that could not be read.
    case readAgain
}

extension Action {
    package static func setup(_ action: SetupAction) -> Action { .own(OwnAction(SetupScreen.self, action)) }
}
