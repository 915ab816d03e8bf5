import Policies
import Studies

/// The one way the state changes: an action or a result in, work out.
package enum Reducer {
    package static func reduce(_ state: inout WorkbenchState, _ action: Action) -> [Work] {
        let work = apply(action, to: &state) + Derivation.follow(&state)
        let isLogged = action.isLogged && state.screen.definition?.needsStudy != false
        return isLogged ? [.log(action)] + work : work
    }

    private static func apply(_ action: Action, to state: inout WorkbenchState) -> [Work] {
        switch action {
        case .show(let screen):
            guard ScreenList.shown(state).contains(where: { $0.screen == screen }) else { return [] }
            if state.screen.isTab { state.cameFrom = state.screen }
            state.openedFrom = nil
            state.screen = screen
            state.message = ""
        case .move, .focus, .jump, .cyclePane, .filter: return ListReducer.apply(action, to: &state)
        case .own(let own): return apply(own, to: &state)
        case .cycleEstimator: return cycleEstimator(&state)
        case .note(let text):
            guard state.facts.workspace != nil else { return notReady(&state) }
            guard let candidate = state.notedCandidate else {
                state.message = "only a candidate can be named: a adds the present policy"
                return []
            }
            return [.followUp(SetNote(text, of: candidate.id))]
        case .undo: return step(&state, by: 1)
        case .redo: return step(&state, by: -1)
        case .rewind(let steps): return step(&state, by: steps)
        case .export(let path):
            guard state.facts.workspace != nil else { return notReady(&state) }
            let candidate = state.screen.definition?.candidate(state)?.id
            return [
                .query(
                    PlanExport(
                        candidate: candidate, knobs: state.decisions.knobs, path: path, services: state.services))
            ]
        case .describeExport(let path): return describe(path, &state)
        case .card: return describe(nil, &state)
        case .explain: state.overlay = .page(Explanations.page(state), offset: 0)
        case .goOn: return goOn(&state)
        case .report(let path):
            guard state.facts.workspace != nil else { return notReady(&state) }
            let candidate = state.screen.definition?.candidate(state)
            let chosen = candidate.flatMap { state.isPicked($0) ? $0.id : nil }
            return [.operation(ExportText(reportOn: chosen, to: path, state.services))]
        case .copy:
            state.clipboard = state.screen.definition?.clipping(state) ?? Clipping.text(state)
            state.message = "sent to the terminal's clipboard"
        case .copyFrame:
            state.copiesFrame = true
            state.message = "the screen was sent to the terminal's clipboard"
        case .help: state.overlay = .help(offset: 0)
        case .palette: state.overlay = .palette(text: "", row: 0)
        case .history, .themes, .theme, .toggleMouse: SessionReducer.apply(action, to: &state)
        case .prompt(let prompt): ask(prompt, in: &state)
        case .dismiss: return dismiss(&state)
        case .cancel: state.message = state.running.isEmpty ? "nothing is running" : "stopping"
        case .save(let path): state.awaitedSave = path
        case .quit:
            if let leaving = Leaving(state) {
                state.overlay = .leaving(leaving)
            } else {
                state.shouldQuit = true
            }
        }
        return []
    }

    /// Asks for the card of the policy that an export made here is of.
    /// - Parameter path: where it is to be written; nil only shows it.
    private static func describe(_ path: String?, _ state: inout WorkbenchState) -> [Work] {
        guard state.facts.workspace != nil else { return notReady(&state) }
        let candidate = state.screen.definition?.candidate(state)?.id
        return [
            .query(
                DescribePolicy(
                    candidate: candidate, knobs: state.decisions.knobs, path: path, services: state.services))
        ]
    }

    private static func goOn(_ state: inout WorkbenchState) -> [Work] {
        guard let story = Story(state) else { return notReady(&state) }
        guard let next = story.next else {
            state.message = "every step is done: a policy is exported"
            return []
        }
        if next.screen != state.screen { _ = apply(.show(next.screen), to: &state) }
        state.message = "next: \(next.wordings[0])\(next.keys)"
        return []
    }

    /// Puts away what is nearest: a list, a message with the hint, the filter, what the screen has opened, the screen itself.
    private static func dismiss(_ state: inout WorkbenchState) -> [Work] {
        let isAtRest = state.overlay == .none && state.message.isEmpty
        let isOpen = state.overlay != .none
        state.overlay = .none
        state.message = ""
        guard !isOpen else { return [] }
        if isAtRest, state.preferences.hints.remove(state.screen) != nil, state.screen.isTab { return [] }
        if !state.filter.isEmpty { return ListReducer.apply(.filter(""), to: &state) }
        if let close = state.screen.definition?.close(state) { return apply(close, to: &state) }
        if let before = state.openedFrom {
            state.openedFrom = nil
            state.screen = before
        } else if !state.screen.isTab {
            state.screen = state.cameFrom ?? ScreenList.all[0].screen
        }
        return []
    }

    private static func apply(_ own: OwnAction, to state: inout WorkbenchState) -> [Work] {
        func reduce<Definition: ScreenDefinition>(_ definition: Definition.Type) -> [Work] {
            guard let action = own.action as? Definition.OwnAction else { return [] }
            return with(definition, &state) { Definition.reduce(action, &$0) }
        }
        return own.screen.definition.map { reduce($0) } ?? []
    }

    static let notReady = "effects are still being estimated"

    static func notReady(_ state: inout WorkbenchState) -> [Work] {
        state.message = notReady
        return []
    }

    private static func cycleEstimator(_ state: inout WorkbenchState) -> [Work] {
        guard let space = state.space else { return notReady(&state) }
        let all: [Estimator] = [.dr, .snips, .ips, .dm, .switching(limit: Double(2 * space.armCount))]
        let index = all.firstIndex { $0.name == state.estimator.name } ?? 0
        state.estimator = all[(index + 1) % all.count]
        state.message = "estimator: \(state.estimator.name)"
        return []
    }

    /// Undoes so many steps, or redoes them where negative: those of the screen, where it has its own.
    private static func step(_ state: inout WorkbenchState, by steps: Int) -> [Work] {
        let before = state.decisions
        let names = ownSteps(&state, by: steps) ?? decisions(&state, by: steps)
        let verb = steps > 0 ? "undone" : "redone"
        state.message =
            switch names.count {
            case 0: "nothing to \(steps > 0 ? "undo" : "redo")"
            case 1: "\(verb): \(names[0])"
            default: "\(verb): \(names.count) steps, the last \(names[names.count - 1])"
            }
        return followUps(from: before, to: state.decisions)
    }

    private static func ownSteps(_ state: inout WorkbenchState, by steps: Int) -> [String]? {
        func rewind<Definition: ScreenDefinition>(_ definition: Definition.Type) -> [String]? {
            var names: [String]?
            _ = with(definition, &state) { names = Definition.rewind(by: steps, &$0) }
            return names
        }
        return state.screen.definition.flatMap { rewind($0) }
    }

    private static func decisions(_ state: inout WorkbenchState, by steps: Int) -> [String] {
        var names: [String] = []
        while names.count < abs(steps),
            let (decisions, name) = steps > 0
                ? state.history.undo(state.decisions) : state.history.redo(state.decisions)
        {
            state.decisions = decisions
            names.append(name)
        }
        return names
    }

    /// The work that brings the study's rows in line with changed decisions. What is computed from decisions follows by itself.
    static func followUps(from before: Decisions, to now: Decisions) -> [Work] {
        var work: [Work] = []
        if now.reference != before.reference { work.append(.followUp(MoveReference(now.reference))) }
        if now.picked != before.picked { work.append(.followUp(SetPicks(now.picked))) }
        if now.hidden != before.hidden {
            work.append(
                .followUp(
                    SetHidden(
                        hidden: now.hidden.subtracting(before.hidden), shown: before.hidden.subtracting(now.hidden))))
        }
        return work
    }

    /// Records a decision that has just been made, and asks for what follows from it.
    static func decided(
        _ name: String, before: Decisions, in state: inout WorkbenchState, merges: String? = nil
    ) -> [Work] {
        guard state.decisions != before else { return [] }
        state.history.record(name, before: before, merges: merges)
        return followUps(from: before, to: state.decisions)
    }
}
