extension Action.Prompt {
    package static let exportPath = Action.Prompt(FilePrompt(what: .policy))
    package static let reportPath = Action.Prompt(FilePrompt(what: .report))
    package static let filter = Action.Prompt(FilterPrompt())
    package static let note = Action.Prompt(NotePrompt())
}

/// The name of a file to be written.
private struct FilePrompt: PromptLine {
    enum What { case policy, report }

    let what: What

    func question(_ state: WorkbenchState) -> String {
        switch what {
        case .policy: "write the policy to:"
        case .report: "write the report to:"
        }
    }

    func start(_ state: WorkbenchState) -> String {
        switch what {
        case .policy: "policy.json"
        case .report: Self.besideStudy(state)
        }
    }

    /// Beside the study, under its name.
    private static func besideStudy(_ state: WorkbenchState) -> String {
        let study = state.facts.studyPath
        let stem = study.hasSuffix(".espalier") ? String(study.dropLast(".espalier".count)) : study
        return stem.isEmpty ? "report.html" : stem + ".html"
    }

    func action(for text: String, _ state: WorkbenchState) -> PromptAnswer {
        guard !text.isEmpty else { return .noFile }
        return switch what {
        case .policy: .right(.describeExport(path: text))
        case .report: .right(.report(path: text))
        }
    }
}

extension PromptAnswer {
    static let noFile = PromptAnswer.wrong("no file was named; nothing was written")
}

/// Words that the rows of the screen's list are to have, applied while they are typed.
private struct FilterPrompt: PromptLine {
    var isLive: Bool { true }

    func refusal(_ state: WorkbenchState) -> String? { nil }
    func question(_ state: WorkbenchState) -> String { state.screen.definition?.filterQuestion ?? "" }
    func start(_ state: WorkbenchState) -> String { state.filter }
    func action(for text: String, _ state: WorkbenchState) -> PromptAnswer { .right(.filter(text)) }
}

/// A note on the candidate that the screen says.
private struct NotePrompt: PromptLine {
    func question(_ state: WorkbenchState) -> String { "note on \(state.notedCandidate?.name ?? "nothing"):" }
    func start(_ state: WorkbenchState) -> String { state.notedCandidate?.note ?? "" }
    func action(for text: String, _ state: WorkbenchState) -> PromptAnswer { .right(.note(text)) }
}
