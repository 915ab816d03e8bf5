import Experiments

/// The one way the set-up's state changes.
package enum SetupReducer {
    /// - Returns: whether the draft should be checked anew.
    package static func reduce(_ state: inout SetupState, _ action: SetupAction) -> Bool {
        state.message = ""
        let before = state.draft
        switch action {
        case .move(let steps): move(to: state.row + steps, &state)
        case .jump(let toEnd): move(to: toEnd ? .max : 0, &state)
        case .nextPart: nextPart(&state)
        case .give(let part): give(part, &state)
        case .objective:
            if let index = state.draft.outcome(of: state.focused) {
                state.draft.makeObjective(index)
            } else {
                give(.outcome, &state)
            }
        case .flipDirection:
            onOutcome(&state) { $0.direction = $0.direction == .maximize ? .minimize : .maximize }
        case .nextMissing:
            onOutcome(&state) { $0.missing = $0.missing == nil ? .drop : $0.missing == .drop ? .zero : nil }
        case .flipKind:
            guard let kind = state.draft.covariates[state.focused] else {
                state.message = "\(state.focused) is no covariate; v makes it one"
                break
            }
            state.draft.setKind(kind == .numeric ? .categorical : .numeric, of: state.focused)
        case .nextControl: state.draft.setControl(state.draft.arms.count - 1)
        case .template(let template):
            state.draft = template.applied(to: state.draft)
            state.overlay = .none
            state.message = "\(template.title): \(template.summary)"
        case .ask(let prompt): ask(prompt, &state)
        case .answer(let prompt, let text): SetupAnswers.take(text, to: prompt, &state)
        case .undo: travel(from: \.past, to: \.future, "nothing to undo", &state)
        case .redo: travel(from: \.future, to: \.past, "nothing to redo", &state)
        case .templates: state.overlay = .templates(row: 0)
        case .yaml: state.overlay = .yaml(offset: 0)
        case .help: state.overlay = .help(offset: 0)
        case .dismiss: state.overlay = .none
        case .quit: state.outcome = .quit
        case .check: return state.draft.problem == nil
        }
        let isStep = action != .undo && action != .redo
        guard state.draft != before else { return false }
        if isStep {
            state.past.append(before)
            state.future = []
        }
        return state.draft.problem == nil
    }

    private static func move(to row: Int, _ state: inout SetupState) {
        let order = state.order
        state.focused = order[min(max(0, row), order.count - 1)].name
    }

    private static func nextPart(_ state: inout SetupState) {
        let cycle: [SpecDraft.Part] = [.covariate, .outcome, .leftOut]
        let now = state.draft.part(of: state.focused)
        guard now != .treatment else {
            state.message = "T on another column makes that one the treatment"
            return
        }
        let start = cycle.firstIndex(of: now) ?? cycle.count - 1
        for step in 1...cycle.count {
            let next = cycle[(start + step) % cycle.count]
            if state.draft.refusal(of: next, for: state.focused) == nil {
                give(next, &state)
                return
            }
        }
    }

    private static func give(_ part: SpecDraft.Part, _ state: inout SetupState) {
        let isUnitAlready = part == .unit && state.draft.unit == state.focused
        if let refusal = state.draft.give(isUnitAlready ? .leftOut : part, to: state.focused) {
            state.message = refusal
        } else if isUnitAlready {
            state.message = "each row counts as a unit"
        }
    }

    private static func onOutcome(_ state: inout SetupState, _ change: (inout OutcomeSpec) -> Void) {
        guard let index = state.draft.outcome(of: state.focused) else {
            state.message = "\(state.focused) is no outcome; o makes it one"
            return
        }
        state.draft.change(outcome: index, change)
    }

    private static func ask(_ prompt: SetupState.Prompt, _ state: inout SetupState) {
        let needsOutcome = prompt == .limit || prompt == .costs
        if needsOutcome, state.draft.outcome(of: state.focused) == nil {
            state.message = "\(state.focused) is no outcome; o makes it one"
            return
        }
        if prompt == .path, let problem = state.draft.problem {
            state.message = "this is no spec yet: \(problem)"
            return
        }
        state.overlay = .prompt(prompt, text: SetupAnswers.start(prompt, state))
    }

    private static func travel(
        from source: WritableKeyPath<SetupState, [SpecDraft]>, to target: WritableKeyPath<SetupState, [SpecDraft]>,
        _ nothing: String, _ state: inout SetupState
    ) {
        guard let draft = state[keyPath: source].popLast() else {
            state.message = nothing
            return
        }
        state[keyPath: target].append(state.draft)
        state.draft = draft
    }
}
