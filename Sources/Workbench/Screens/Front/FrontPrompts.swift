import Policies

extension Action.Prompt {
    package static let pickCount = Action.Prompt(PickCountPrompt())
    package static let reference = Action.Prompt(ReferencePrompt())
}

/// How many candidates to pick.
private struct PickCountPrompt: PromptLine {
    func question(_ state: WorkbenchState) -> String { "how many candidates to pick:" }
    func start(_ state: WorkbenchState) -> String { "" }

    func action(for text: String, _ state: WorkbenchState) -> PromptAnswer {
        guard let count = Int(text), count > 0 else {
            return .wrong("\"\(text)\" is not a count; type one like 5")
        }
        return .right(.front(.choosePicks(count)))
    }
}

/// The reference point of the hypervolume: "sessions=3.05 ctr=0.11", in the outcomes' own units.
private struct ReferencePrompt: PromptLine {
    func question(_ state: WorkbenchState) -> String { "reference:" }

    func start(_ state: WorkbenchState) -> String {
        guard let space = state.space else { return "" }
        let values = state.decisions.reference ?? state.facts.front?.reference ?? [:]
        return space.outcomes.compactMap { outcome in
            values[outcome.name].map { "\(outcome.name)=\(Wording.number($0))" }
        }.joined(separator: " ")
    }

    /// Nothing typed goes back to the point of the search.
    func action(for text: String, _ state: WorkbenchState) -> PromptAnswer {
        guard let space = state.space else { return .wrong("there are no outcomes yet") }
        var values: [String: Double] = [:]
        for word in text.split(separator: " ") {
            let parts = word.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let value = Double(parts[1]), value.isFinite else {
                return .wrong("\"\(word)\" is not outcome=number")
            }
            guard space.outcomes.contains(where: { $0.name == parts[0] }) else {
                return .wrong(
                    "there is no outcome \(parts[0]); write \(space.outcomes.map(\.name).joined(separator: ", "))")
            }
            values[String(parts[0])] = value
        }
        return .right(.front(.setReference(values.isEmpty ? nil : values)))
    }
}
