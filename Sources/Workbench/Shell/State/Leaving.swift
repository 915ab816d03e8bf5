import Studies

/// Why leaving is asked about, once.
package enum Leaving: Sendable, Equatable {
    /// What was done last is not in the study.
    case notKept
    /// Work is under way, by its words.
    case working(String)

    /// nil where nothing would be lost.
    init?(_ state: WorkbenchState) {
        let running = state.running.filter { $0.key.rank != nil }.min { ($0.key.rank ?? 0) < ($1.key.rank ?? 0) }
        if state.notKept != nil {
            self = .notKept
        } else if let running {
            self = .working(running.value.progress.phase)
        } else {
            return nil
        }
    }

    var question: String {
        switch self {
        case .notKept: "not kept: q again to leave, s to save elsewhere"
        case .working(let words): "at work (\(words)): q again to stop it and leave"
        }
    }
}

/// Where a study is saved to when its own file cannot be written.
struct SavePrompt: PromptLine {
    var needsEffects: Bool { false }

    func question(_ state: WorkbenchState) -> String { "save the study to:" }
    func start(_ state: WorkbenchState) -> String { StudyCopy.place(beside: state.facts.studyPath) }
    func action(for text: String, _ state: WorkbenchState) -> PromptAnswer {
        text.isEmpty ? .noFile : .right(.save(path: text))
    }
}
