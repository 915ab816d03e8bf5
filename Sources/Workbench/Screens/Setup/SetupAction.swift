import Experiments

/// Everything the set-up screen can do.
package enum SetupAction: Sendable, Equatable {
    case move(Int)
    case jump(toEnd: Bool)
    case nextPart
    case give(SpecDraft.Part)
    case objective
    case flipDirection
    case flipKind
    case nextMissing
    case nextControl
    case ask(SetupState.Prompt)
    case answer(SetupState.Prompt, String)
    case template(SpecTemplate)
    case templates
    case yaml
    case check
    case undo
    case redo
    case help
    case dismiss
    case quit
}
