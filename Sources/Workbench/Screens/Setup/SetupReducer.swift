import Experiments
import Frames
import Texts

/// Actions on a spec in the making; each that changes it is a step of undo.
enum SetupReducer {
    static func apply(_ action: SetupAction, _ context: inout ScreenContext<SetupScreen>) {
        if let broken = context.own.broken {
            guard action == .readAgain else {
                context.message = "the spec cannot be read as it is: mend it in an editor, then r reads it again"
                return
            }
            context.ask(for: .task(ReadSpecAgain(path: broken.path)))
            return
        }
        guard var editing = context.own.editing else { return }
        context.message = ""
        let before = editing.draft
        switch action {
        case .nextPart: nextPart(&editing, &context)
        case .give(let part): give(part, &editing, &context)
        case .objective:
            if let index = editing.draft.outcome(of: editing.focused) {
                editing.draft.makeObjective(index)
            } else {
                give(.outcome, &editing, &context)
            }
        case .flipDirection:
            change(&editing, &context) { $0.direction = $0.direction == .maximize ? .minimize : .maximize }
        case .nextMissing:
            change(&editing, &context) { $0.missing = $0.missing == nil ? .drop : $0.missing == .drop ? .zero : nil }
        case .setLimit(let threshold): change(&editing, &context) { $0.threshold = threshold }
        case .setCosts(let costs):
            let named = zip(editing.draft.arms.map(\.name), costs).filter { $0.1 != 0 }
            change(&editing, &context) { $0.armCost = Dictionary(uniqueKeysWithValues: named) }
        case .setShares(let shares):
            editing.draft.shares = shares
            editing.draft.sharesAreAGuess = false
        case .flipKind:
            guard let kind = editing.draft.covariates[editing.focused] else {
                context.message = "\(editing.focused) is no covariate; v makes it one"
                return
            }
            editing.draft.setKind(kind == .numeric ? .categorical : .numeric, of: editing.focused)
        case .nextControl: editing.draft.setControl(editing.draft.arms.count - 1)
        case .apply(let template):
            editing.draft = template.applied(to: editing.draft)
            context.message = "\(template.title): \(template.summary)"
        case .templates: context.offer(templates)
        case .yaml: context.display(Page(title: editing.specPath, text: editing.draft.yaml))
        case .check: showChecks(&context)
        case .readAgain: context.message = "there is nothing to read again"
        case .write(let path): context.ask(for: .task(WriteSpec(editing.draft, to: path, context.state.services)))
        }
        if editing.draft != before {
            editing.past.append(SpecEditing.Step(name: action.name(on: editing.focused), draft: before))
            editing.future = []
            if context.message.isEmpty { context.message = "\(action.echo(in: editing)); u undoes" }
        }
        context.own.editing = editing
    }

    /// Every finding with its remedy, where the draft was checked as it is; else it is checked again.
    private static func showChecks(_ context: inout ScreenContext<SetupScreen>) {
        let checks = context.state.results[.draftChecks]
        guard !context.state.results.isStale(.draftChecks), checks.health != nil || checks.failure != nil else {
            context.askAgain(for: .draftChecks)
            return
        }
        let found = (checks.health?.findings ?? []).filter { $0.severity > .ok }.sorted { $0.severity > $1.severity }
        var lines = checks.failure.map { TextWidth.wrap($0, to: 74) + [""] } ?? []
        for finding in found {
            let words = finding.severity == .blocking ? "FAILS" : finding.severity == .warning ? "warns" : "note"
            lines += TextWidth.wrap("\(words): \(finding.sentence).", to: 74)
            lines += finding.remedy.map { TextWidth.wrap($0, to: 70).map { "    " + $0 } } ?? []
        }
        if lines.isEmpty { lines = ["every check is well"] }
        context.display(Page(title: "checks of the draft", text: lines.joined(separator: "\n")))
    }

    private static var templates: Choices {
        Choices(
            title: "templates",
            entries: SpecTemplate.allCases.map {
                Choices.Entry(name: $0.title, words: $0.summary, action: .setup(.apply($0)))
            })
    }

    private static func nextPart(_ editing: inout SpecEditing, _ context: inout ScreenContext<SetupScreen>) {
        let cycle: [SpecDraft.Part] = [.covariate, .outcome, .leftOut]
        let now = editing.draft.part(of: editing.focused)
        guard now != .treatment else {
            context.message = "T on another column makes that one the treatment"
            return
        }
        let start = cycle.firstIndex(of: now) ?? cycle.count - 1
        for step in 1...cycle.count {
            let next = cycle[(start + step) % cycle.count]
            if editing.draft.refusal(of: next, for: editing.focused) == nil {
                give(next, &editing, &context)
                return
            }
        }
    }

    private static func give(
        _ part: SpecDraft.Part, _ editing: inout SpecEditing, _ context: inout ScreenContext<SetupScreen>
    ) {
        let isUnitAlready = part == .unit && editing.draft.unit == editing.focused
        if let refusal = editing.draft.give(isUnitAlready ? .leftOut : part, to: editing.focused) {
            context.message = refusal
        } else if isUnitAlready {
            context.message = "each row counts as a unit"
        }
    }

    /// Changes the outcome that the focused column is part of.
    private static func change(
        _ editing: inout SpecEditing, _ context: inout ScreenContext<SetupScreen>,
        _ change: (inout OutcomeSpec) -> Void
    ) {
        guard let index = editing.draft.outcome(of: editing.focused) else {
            context.message = editing.refusalOfOutcome ?? ""
            return
        }
        editing.draft.change(outcome: index, change)
    }

    /// Undoes so many steps, or redoes them where negative.
    /// - Returns: their names.
    static func rewind(by steps: Int, _ context: inout ScreenContext<SetupScreen>) -> [String] {
        guard var editing = context.own.editing else { return [] }
        var names: [String] = []
        while names.count < abs(steps),
            let step = steps > 0 ? editing.past.popLast() : editing.future.popLast()
        {
            let back = SpecEditing.Step(name: step.name, draft: editing.draft)
            if steps > 0 { editing.future.append(back) } else { editing.past.append(back) }
            editing.draft = step.draft
            names.append(step.name)
        }
        context.own.editing = editing
        return names
    }
}

extension SetupAction {
    /// What undo calls it.
    fileprivate func name(on column: String) -> String {
        switch self {
        case .nextPart, .give, .objective: "the part of \(column)"
        case .flipDirection: "the direction of \(column)"
        case .flipKind: "the kind of \(column)"
        case .nextMissing: "missing values of \(column)"
        case .nextControl: "the control"
        case .setLimit: "the limit on \(column)"
        case .setCosts: "costs in \(column)"
        case .setShares: "the planned shares"
        case .apply(let template): template.title
        case .templates, .yaml, .check, .write, .readAgain: ""
        }
    }

    private func words(_ part: SpecDraft.Part) -> String {
        switch part {
        case .unit: "the unit's id"
        case .treatment: "the treatment"
        case .outcome: "an outcome"
        case .covariate: "a covariate"
        case .leftOut: "left out"
        }
    }

    /// What has changed, in a few words.
    fileprivate func echo(in editing: SpecEditing) -> String {
        let (column, draft) = (editing.focused, editing.draft)
        let outcome = draft.outcome(of: column).map { draft.outcomes[$0] }
        switch self {
        case .objective where outcome != nil: return "\(column) is the objective now"
        case .nextPart, .give, .objective: return "\(column) is now \(words(draft.part(of: column)))"
        case .flipDirection:
            return "of \(column) \(outcome?.direction == .minimize ? "less" : "more") is better now"
        case .flipKind: return "\(column) is \(draft.covariates[column].map { "\($0)" } ?? "no covariate") now"
        case .nextMissing:
            let meaning = outcome?.missing.map { $0 == .drop ? "drops the unit" : "counts as 0" } ?? "is not accepted"
            return "a missing \(column) \(meaning) now"
        case .nextControl: return "\(draft.arms.first?.name ?? "") is control now"
        case .setLimit, .setCosts, .setShares, .apply: return "\(name(on: column)) changed"
        case .templates, .yaml, .check, .write, .readAgain: return ""
        }
    }
}
