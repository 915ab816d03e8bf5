import Studies
import Texts

/// The spec of a first experiment; the plan's file is asked for next.
struct FirstSpecPrompt: PromptLine {
    func question(_ state: WorkbenchState) -> String { "plan every arm for its share of the users, by the spec in:" }
    func start(_ state: WorkbenchState) -> String { "experiment.yaml" }

    func action(for text: String, _ state: WorkbenchState) -> PromptAnswer {
        text.isEmpty
            ? .wrong("no file was named; nothing was planned")
            : .right(.prompt(Action.Prompt(FirstPlanPrompt(spec: text))))
    }
}

private struct FirstPlanPrompt: PromptLine {
    let spec: String

    func question(_ state: WorkbenchState) -> String {
        "\(NumberText.grouped(state.online.users)) users an arm on average, the plan in:"
    }

    func start(_ state: WorkbenchState) -> String { "first.json" }

    func action(for text: String, _ state: WorkbenchState) -> PromptAnswer {
        text.isEmpty ? .noFile : .right(.online(.planFirst(spec: spec, path: text)))
    }
}

/// The study of log and rounds together.
struct RoundsFitPrompt: PromptLine {
    func refusal(_ state: WorkbenchState) -> String? {
        guard state.facts.workspace != nil else { return Reducer.notReady }
        return OnlineRows.counting(state).isEmpty ? "no round counts yet: p plans one, r reads its results" : nil
    }

    func question(_ state: WorkbenchState) -> String {
        let count = OnlineRows.counting(state).count
        return "fit the log and \(count) \(count == 1 ? "round" : "rounds") as the study:"
    }

    func start(_ state: WorkbenchState) -> String { "with-rounds.espalier" }

    func action(for text: String, _ state: WorkbenchState) -> PromptAnswer {
        text.isEmpty ? .noFile : .right(.online(.fitRounds(path: text)))
    }
}
