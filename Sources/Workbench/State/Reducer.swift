import Frontier
import Policies
import Studies

/// The one way the state changes: an action or a result in, work out.
package enum Reducer {
    package static func reduce(_ state: inout WorkbenchState, _ action: Action) -> [Work] {
        let work = apply(action, to: &state) + CandidateReportRequests.follow(&state)
        return action.isLogged ? [.log(action)] + work : work
    }

    /// Every search goes its own way: its seed is its number.
    static func searchSettings(_ state: WorkbenchState, feasible: Bool = false) -> SearchSettings {
        SearchSettings(seed: UInt64((state.front?.search ?? 0) + 1), feasible: feasible)
    }

    private static func apply(_ action: Action, to state: inout WorkbenchState) -> [Work] {
        switch action {
        case .show(let screen):
            state.screen = screen
            state.message = ""
        case .move, .jump, .focus, .cycleAxis, .cycleArm, .cycleOutcome, .toggleNode, .showCohortsOfNode, .cyclePane,
            .sort, .filter, .focusBestInLimits:
            return NavigationReducer.apply(action, to: &state)
        case .cohorts(let action): return CohortsReducer.apply(action, to: &state)
        case .front(let action): return FrontReducer.apply(action, to: &state)
        case .turn, .set, .reset, .pin, .tune, .cycleEstimator: return KnobsReducer.apply(action, to: &state)
        case .addCandidate, .togglePick, .hideCandidate, .pickBest, .setReference, .note:
            return CandidatesReducer.apply(action, to: &state)
        case .holdLimits:
            guard state.workspace != nil else { return notReady(&state) }
            state.message = "looking for the best policy inside the limits"
            return [.operation(HoldLimits(from: state.decisions.knobs))]
        case .search:
            guard state.workspace != nil else { return notReady(&state) }
            state.message = "searching the front"
            return [.operation(SearchFront(searchSettings(state), inputs: state.inputs))]
        case .judge(let all):
            guard state.workspace != nil else { return notReady(&state) }
            state.message = "judging the learners"
            return [.operation(all ? ValidateLearners.all : .usual)]
        case .searchSettings:
            guard state.workspace != nil else { return notReady(&state) }
            state.message = "trying settings of the learner"
            return [.operation(SearchHyperparameters(seed: (state.hyperparameters?.seed ?? 0) + 1))]
        case .searchSubgroups: return SubgroupRows.ask(&state)
        case .undo: return step(&state, by: 1)
        case .redo: return step(&state, by: -1)
        case .rewind(let steps): return step(&state, by: steps)
        case .export(let path):
            guard state.workspace != nil else { return notReady(&state) }
            let candidate = state.screen == .front ? state.focused?.id : nil
            return [
                .query(
                    PlanExport(
                        candidate: candidate, knobs: state.decisions.knobs, path: path, services: state.services))
            ]
        case .report(let path):
            guard state.workspace != nil else { return notReady(&state) }
            let chosen = state.screen == .front ? state.focused.flatMap { state.isPicked($0) ? $0.id : nil } : nil
            return [.operation(ExportText(reportOn: chosen, to: path, state.services))]
        case .copy:
            state.clipboard = Clipping.text(state)
            state.message = "sent to the terminal's clipboard"
        case .help: state.overlay = .help(offset: 0)
        case .palette: state.overlay = .palette(text: "", row: 0)
        case .history, .themes, .theme, .toggleMouse: SessionReducer.apply(action, to: &state)
        case .prompt(let prompt):
            guard state.workspace != nil || prompt == .filter else { return notReady(&state) }
            state.overlay = .prompt(prompt, text: PromptText.start(prompt, state))
        case .dismiss:
            if state.overlay == .none, state.message.isEmpty { state.preferences.hints.remove(state.screen) }
            state.overlay = .none
            state.message = ""
        case .cancel: state.message = state.running.isEmpty ? "nothing is running" : "stopping"
        case .quit: state.shouldQuit = true
        }
        return []
    }

    static func notReady(_ state: inout WorkbenchState) -> [Work] {
        state.message = "effects are still being estimated"
        return []
    }

    /// Undoes so many steps, or redoes them where negative.
    private static func step(_ state: inout WorkbenchState, by steps: Int) -> [Work] {
        let before = state.decisions
        var names: [String] = []
        while names.count < abs(steps),
            let (decisions, name) = steps > 0
                ? state.history.undo(state.decisions) : state.history.redo(state.decisions)
        {
            state.decisions = decisions
            names.append(name)
        }
        let verb = steps > 0 ? "undone" : "redone"
        state.message =
            switch names.count {
            case 0: "nothing to \(steps > 0 ? "undo" : "redo")"
            case 1: "\(verb): \(names[0])"
            default: "\(verb): \(names.count) steps, the last \(names[names.count - 1])"
            }
        return effects(from: before, in: &state)
    }

    /// The work that bring results and the study in line with changed decisions.
    static func effects(from before: Decisions, in state: inout WorkbenchState) -> [Work] {
        let now = state.decisions
        var work: [Work] = []
        if now.knobs != before.knobs { work += KnobsReducer.refresh(&state) }
        let unknown = now.pins.filter { state.pinEvaluations[$0] == nil }
        if !unknown.isEmpty { work.append(.query(EvaluatePins(pins: unknown, estimator: state.estimator))) }
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
        return effects(from: before, in: &state)
    }
}
