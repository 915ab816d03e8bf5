import Policies
import Studies

extension Screen {
    package static let policy = Screen("policy")
}

/// Sliders on the left, what they bring on the right (DESIGN section 5, first frame).
package enum PolicyScreen: ScreenDefinition {
    package typealias State = PolicyState
    package typealias OwnAction = PolicyAction

    package static let screen = Screen.policy
    package static let number = 4
    package static let title = "Policy"
    package static let hint = "Turn knobs with h/l: estimates follow. f finds the best."
    package static let filterQuestion = "go to the knob called:"

    package static let keys =
        [
            Binding([.character("l"), .right], "step", "turn the knob up a step", .policy(.turn(steps: 1))),
            Binding([.character("h"), .left], "", "turn the knob down a step", .policy(.turn(steps: -1))),
            Binding([.character("L")], "×10", "turn the knob up ten steps", .policy(.turn(steps: 10))),
            Binding([.character("H")], "", "turn the knob down ten steps", .policy(.turn(steps: -10))),
            Binding([.character("=")], "type", "type the knob's value", .prompt(.value(.weight(0)))),
            Binding([.character("0")], "reset", "set the knob to 0", .policy(.reset)),
            Binding([.character("a")], "add", "add the policy as a candidate", .policy(.addCandidate)),
            Binding([.character("p")], "pin", "pin the policy to compare with, or unpin it", .policy(.pin)),
            Binding([.character("f")], "hold limits", "find the best policy inside the limits", .policy(.holdLimits)),
            Binding([.character("v")], "pane", "curves, cohorts or pins below", .cyclePane),
            Binding([.character("n")], "note", "note on the candidate with these knobs", .prompt(.note)),
        ] + KeyTable.movement

    package static let derivations: [Derivation] = [
        Derivation(.evaluation) { state in
            state.facts.workspace == nil
                ? nil : EvaluatePresent(knobs: state.decisions.knobs, estimator: state.estimator)
        },
        Derivation(.profile) { state in
            state.knob.map { ProfileKnob($0, from: state.decisions.knobs, by: state.estimator) }
        },
        // After the exact one, so that it is known whether that is there already.
        Derivation(.profileSample) { state in
            guard let knob = state.knob, let units = state.facts.workspace?.table.tuneCount,
                units >= SampleKnob.leastUnits, state.results.isStale(.profile)
            else { return nil }
            return SampleKnob(ProfileKnob(knob, from: state.decisions.knobs, by: state.estimator))
        },
        Derivation(.pins) { state in
            let unknown = state.decisions.pins.filter { state.pinEvaluation($0) == nil }
            return unknown.isEmpty ? nil : EvaluatePins(pins: unknown, estimator: state.estimator)
        },
    ]

    package static func rowCount(_ state: WorkbenchState) -> Int { state.knobs.count }
    package static func row(_ state: WorkbenchState) -> Int { state.policy.focusedKnob }

    package static func focus(_ row: Int, _ context: inout ScreenContext<Self>) {
        context.own.focusedKnob = row
        context.message = ""
    }

    package static func showNextPane(_ context: inout ScreenContext<Self>) {
        context.own.pane = context.own.pane.next
    }

    /// Every knob counts, so that none is left out: goes to the first whose name has the words.
    package static func filter(_ text: String, _ context: inout ScreenContext<Self>) {
        let state = context.state
        guard let space = state.space, !text.isEmpty else { return }
        let words = text.lowercased().split(separator: " ")
        let found = state.knobs.firstIndex { knob in
            let name = Wording.knob(knob, space).lowercased()
            return words.allSatisfy { name.contains($0) }
        }
        guard let found else {
            context.message = "no knob is called \"\(text)\""
            return
        }
        focus(found, &context)
    }

    package static func reduce(_ action: PolicyAction, _ context: inout ScreenContext<Self>) {
        PolicyReducer.apply(action, &context)
    }

    /// The one with these knobs.
    package static func notedCandidate(_ state: WorkbenchState) -> Candidate? {
        state.facts.candidates.last {
            $0.isMade(by: state.decisions.knobs) && !state.decisions.hidden.contains($0.id)
        }
    }

    /// The knob that a typed value is for.
    package static func resolve(_ action: Action, _ state: WorkbenchState) -> Action? {
        guard case .prompt(let prompt) = action, prompt.line is KnobPrompt else { return action }
        return state.knob.map { .prompt(.value($0)) }
    }

    package static func slide(track: Int, to share: Double, _ state: WorkbenchState) -> Action? {
        guard let workspace = state.facts.workspace, state.knobs.indices.contains(track) else { return nil }
        let knob = state.knobs[track]
        let values = workspace.grids[knob].values
        guard !values.isEmpty else { return nil }
        return .policy(.set(knob, values[Int((share * Double(values.count - 1)).rounded())]))
    }

    package static func slide(by steps: Int) -> Action? { .policy(.turn(steps: steps)) }

    package static func finding(_ state: WorkbenchState) -> String {
        state.results[.evaluation].flatMap { evaluation in state.space.map { Wording.finding(evaluation, $0) } } ?? ""
    }
}
