/// What can be done on the Pool screen; a pool is not changed by looking.
package enum PoolAction: UnloggedAction {
    /// Looks so many outcomes further.
    case cycleOutcome(Int)
    /// Opens the details of the focused experiment.
    case open
    /// Goes back from the details to the whole pool.
    case close
    /// Shows what should be known of how the experiments go together.
    case notes
}

extension Action {
    package static func pool(_ action: PoolAction) -> Action { .own(OwnAction(PoolScreen.self, action)) }
}
