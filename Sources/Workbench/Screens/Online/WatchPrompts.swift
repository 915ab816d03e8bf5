import Studies
import Texts

/// The log of a launched policy; nil is the one that was launched or watched last.
struct WatchedLogPrompt: PromptLine {
    let policy: String?

    /// What is watched where no other policy was named.
    private func usual(_ state: WorkbenchState) -> String? {
        let launched = state.decisions.online?.launch?.path
        return launched == "-" ? state.online.watch?.policy : launched ?? state.online.watch?.policy
    }

    func refusal(_ state: WorkbenchState) -> String? {
        (policy ?? usual(state)) == nil ? "nothing is launched: l launches a policy, W watches one by its file" : nil
    }

    func question(_ state: WorkbenchState) -> String { "the log so far is in:" }
    func start(_ state: WorkbenchState) -> String { state.online.watch?.log ?? "log.csv" }

    func action(for text: String, _ state: WorkbenchState) -> PromptAnswer {
        guard !text.isEmpty, let policy = policy ?? usual(state) else {
            return .wrong("no file was named; nothing was read")
        }
        return .right(.online(.watch(policy: policy, log: text)))
    }
}

/// The file of a policy that was launched elsewhere; its log is asked for next.
struct WatchedPolicyPrompt: PromptLine {
    func refusal(_ state: WorkbenchState) -> String? { nil }
    func question(_ state: WorkbenchState) -> String { "watch the policy in:" }
    func start(_ state: WorkbenchState) -> String { state.online.watch?.policy ?? "policy.json" }

    func action(for text: String, _ state: WorkbenchState) -> PromptAnswer {
        text.isEmpty
            ? .wrong("no file was named; nothing is watched")
            : .right(.prompt(Action.Prompt(WatchedLogPrompt(policy: text))))
    }
}

/// Losses that are to be seen of a launched policy, as `sessions=0.05 ctr=0.001`; nothing is what was promised.
struct WatchedLossesPrompt: PromptLine {
    func refusal(_ state: WorkbenchState) -> String? { nil }

    func question(_ state: WorkbenchState) -> String {
        let now = state.online.losses.sorted { $0.key < $1.key }.map {
            "\($0.key)=\(NumberText.significant($0.value, 3))"
        }
        return "losses to be seen, OUTCOME=SIZE, now \(now.isEmpty ? "what was promised" : now.joined(separator: " ")):"
    }

    func start(_ state: WorkbenchState) -> String { "" }

    func action(for text: String, _ state: WorkbenchState) -> PromptAnswer {
        var losses: [String: Double] = [:]
        for word in text.split(separator: " ").map(String.init) {
            guard let equals = word.lastIndex(of: "="), equals > word.startIndex,
                let size = Double(word[word.index(after: equals)...]), size > 0, size.isFinite
            else { return .wrong("\"\(word)\" is not OUTCOME=SIZE with a size above 0, as sessions=0.05") }
            losses[String(word[..<equals])] = size
        }
        return .right(.online(.setLosses(losses)))
    }
}
