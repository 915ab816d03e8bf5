extension Action.Prompt {
    package static let drill = Action.Prompt(DrillPrompt())
    package static let cohortsPath = Action.Prompt(CohortsFilePrompt())
}

/// Covariates to cross.
private struct DrillPrompt: PromptLine {
    func question(_ state: WorkbenchState) -> String { "one or two covariates:" }

    func start(_ state: WorkbenchState) -> String {
        state.results[.drillDown]?.covariates.joined(separator: " ") ?? ""
    }

    func action(for text: String, _ state: WorkbenchState) -> PromptAnswer {
        .right(.cohorts(.drill(text.split(separator: " ").map(String.init))))
    }
}

/// The name of the CSV file for the rows.
private struct CohortsFilePrompt: PromptLine {
    func question(_ state: WorkbenchState) -> String {
        let marked = state.cohorts.view.marked.count
        return "write \(marked > 0 ? "the \(marked) marked" : "what is shown") to:"
    }

    func start(_ state: WorkbenchState) -> String { "cohorts.csv" }

    func action(for text: String, _ state: WorkbenchState) -> PromptAnswer {
        text.isEmpty ? .noFile : .right(.cohorts(.export(path: text)))
    }
}
