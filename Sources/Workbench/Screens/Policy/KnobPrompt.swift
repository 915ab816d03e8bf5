import Policies

extension Action.Prompt {
    package static func value(_ knob: Knob) -> Action.Prompt { Action.Prompt(KnobPrompt(knob: knob)) }
}

/// A knob's value, typed.
struct KnobPrompt: PromptLine {
    let knob: Knob

    func question(_ state: WorkbenchState) -> String {
        state.space.map { Wording.knob(knob, $0) + " =" } ?? "value ="
    }

    func start(_ state: WorkbenchState) -> String { "" }

    func action(for text: String, _ state: WorkbenchState) -> PromptAnswer {
        guard let value = Double(text), value.isFinite else {
            return .wrong("\"\(text)\" is not a number; type one like 0.4")
        }
        return .right(.policy(.set(knob, value)))
    }
}
