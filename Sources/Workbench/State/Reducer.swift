import Frontier
import Policies
import Studies

/// The one way the state changes: an action or a result in, jobs out.
package enum Reducer {
    package static func reduce(_ state: inout WorkbenchState, _ action: Action) -> [Job] {
        let jobs = apply(action, to: &state) + CandidateReportRequests.follow(&state)
        return action.isLogged ? [.log(.action(action))] + jobs : jobs
    }

    /// Every search goes its own way: its seed is its number.
    static func searchSettings(_ state: WorkbenchState, feasible: Bool = false) -> SearchSettings {
        SearchSettings(seed: UInt64((state.front?.search ?? 0) + 1), feasible: feasible)
    }

    private static func apply(_ action: Action, to state: inout WorkbenchState) -> [Job] {
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
            return [.holdLimits(state.decisions.knobs)]
        case .search:
            guard state.workspace != nil else { return notReady(&state) }
            state.message = "searching the front"
            return [.search(searchSettings(state))]
        case .judge(let all):
            guard state.workspace != nil else { return notReady(&state) }
            state.message = "judging the learners"
            return [.judge(all: all)]
        case .searchSettings:
            guard state.workspace != nil else { return notReady(&state) }
            state.message = "trying settings of the learner"
            return [.tuneLearner(seed: (state.tuning?.seed ?? 0) + 1)]
        case .searchSubgroups: return SubgroupRows.ask(&state)
        case .undo: return step(&state, by: 1)
        case .redo: return step(&state, by: -1)
        case .rewind(let steps): return step(&state, by: steps)
        case .export(let path):
            guard state.workspace != nil else { return notReady(&state) }
            let candidate = state.screen == .front ? state.focused?.id : nil
            return [.export(candidate: candidate, state.decisions.knobs, path: path)]
        case .report(let path):
            guard state.workspace != nil else { return notReady(&state) }
            let chosen = state.screen == .front ? state.focused.flatMap { state.isPicked($0) ? $0.id : nil } : nil
            return [.report(candidate: chosen, path: path)]
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

    static func notReady(_ state: inout WorkbenchState) -> [Job] {
        state.message = "effects are still being estimated"
        return []
    }

    /// Undoes so many steps, or redoes them where negative.
    private static func step(_ state: inout WorkbenchState, by steps: Int) -> [Job] {
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

    /// The jobs that bring results and the study in line with changed decisions.
    static func effects(from before: Decisions, in state: inout WorkbenchState) -> [Job] {
        let now = state.decisions
        var jobs: [Job] = []
        if now.knobs != before.knobs { jobs += KnobsReducer.refresh(&state) }
        let unknown = now.pins.filter { state.pinEvaluations[$0] == nil }
        if !unknown.isEmpty { jobs.append(.evaluatePins(unknown, state.estimator)) }
        if now.reference != before.reference { jobs.append(.setReference(now.reference)) }
        if now.picked != before.picked { jobs.append(.setPicked(now.picked)) }
        if now.hidden != before.hidden {
            jobs.append(
                .setHidden(now.hidden.subtracting(before.hidden), shown: before.hidden.subtracting(now.hidden)))
        }
        return jobs
    }

    /// Records a decision that has just been made, and asks for what follows from it.
    static func decided(
        _ name: String, before: Decisions, in state: inout WorkbenchState, merges: String? = nil
    ) -> [Job] {
        guard state.decisions != before else { return [] }
        state.history.record(name, before: before, merges: merges)
        return effects(from: before, in: &state)
    }
}
