import Experiments
import Texts

extension Action.Prompt {
    package static let limit = Action.Prompt(LimitPrompt())
    package static let costs = Action.Prompt(CostsPrompt())
    package static let shares = Action.Prompt(SharesPrompt())
    package static let specPath = Action.Prompt(SpecPathPrompt())
}

/// The focused outcome's limit.
private struct LimitPrompt: PromptLine {
    func refusal(_ state: WorkbenchState) -> String? { state.setup.editing?.refusalOfOutcome }

    func question(_ state: WorkbenchState) -> String {
        "least change of \(state.setup.editing?.focused ?? ""), good ways, as -2% or -0.1 (empty: none):"
    }

    func start(_ state: WorkbenchState) -> String {
        switch state.setup.editing?.outcome?.threshold {
        case nil: "-2%"
        case .relative(let least): NumberText.percent(least, 1)
        case .absolute(let least): NumberText.significant(least, 3)
        }
    }

    func action(for text: String, _ state: WorkbenchState) -> PromptAnswer {
        let trimmed = text.filter { !$0.isWhitespace }
        if trimmed.isEmpty { return .right(.setup(.setLimit(nil))) }
        if trimmed.hasSuffix("%"), let value = Double(trimmed.dropLast()), value.isFinite {
            return .right(.setup(.setLimit(.relative(value / 100))))
        }
        if let value = Double(trimmed), value.isFinite { return .right(.setup(.setLimit(.absolute(value)))) }
        return .wrong("\"\(text)\" is no limit; write -2% (of control) or -0.1 (in its unit)")
    }
}

/// The arms' costs in the focused outcome's unit.
private struct CostsPrompt: PromptLine {
    func refusal(_ state: WorkbenchState) -> String? { state.setup.editing?.refusalOfOutcome }
    func question(_ state: WorkbenchState) -> String { "costs of \(state.setup.editing?.armNames ?? ""):" }

    func start(_ state: WorkbenchState) -> String {
        guard let editing = state.setup.editing else { return "" }
        return editing.draft.arms.map { NumberText.compact(editing.outcome?.armCost[$0.name] ?? 0) }
            .joined(separator: " ")
    }

    func action(for text: String, _ state: WorkbenchState) -> PromptAnswer {
        let arms = state.setup.editing?.draft.arms.count ?? 0
        guard let values = numbers(text, count: arms) else {
            return .wrong("one number for each of \(arms) arms, as 0 0.1 0.1")
        }
        return .right(.setup(.setCosts(values)))
    }
}

/// The planned shares of the arms, on any scale.
private struct SharesPrompt: PromptLine {
    func refusal(_ state: WorkbenchState) -> String? { nil }
    func question(_ state: WorkbenchState) -> String { "planned shares of \(state.setup.editing?.armNames ?? ""):" }

    func start(_ state: WorkbenchState) -> String {
        (state.setup.editing?.draft.shares ?? []).map { NumberText.compact($0) }.joined(separator: " ")
    }

    func action(for text: String, _ state: WorkbenchState) -> PromptAnswer {
        let arms = state.setup.editing?.draft.arms.count ?? 0
        guard let values = numbers(text, count: arms), values.allSatisfy({ $0 > 0 }) else {
            return .wrong("one positive number for each of \(arms) arms, as 2 1 1")
        }
        return .right(.setup(.setShares(values)))
    }
}

/// Where the spec is written. With a `!` at its end a spec is written whose checks fail.
private struct SpecPathPrompt: PromptLine {
    func refusal(_ state: WorkbenchState) -> String? {
        state.setup.editing?.draft.problem.map { "this is no spec yet: \($0)" }
    }

    func question(_ state: WorkbenchState) -> String { "write the spec to:" }
    func start(_ state: WorkbenchState) -> String { state.setup.editing?.specPath ?? "" }

    func action(for text: String, _ state: WorkbenchState) -> PromptAnswer {
        guard !text.isEmpty else { return .noFile }
        guard !text.hasSuffix("!") else { return .right(.setup(.write(path: String(text.dropLast())))) }
        if let failed = state.results[.draftChecks].health?.findings.first(where: { $0.severity == .blocking }) {
            return .wrong(
                "not written: a check fails, and no study is fitted so (h lists it, ! after the name writes all the same): "
                    + failed.sentence)
        }
        return .right(.setup(.write(path: text)))
    }
}

extension SpecEditing {
    /// Why nothing of an outcome can be set; nil where the focused column is one.
    var refusalOfOutcome: String? { outcome == nil ? "\(focused) is no outcome; o makes it one" : nil }

    fileprivate var armNames: String { draft.arms.map(\.name).joined(separator: ", ") }
}

/// As many finite numbers as asked for, between spaces, commas, colons or slashes.
private func numbers(_ text: String, count: Int) -> [Double]? {
    let parts = text.split { " ,:/;".contains($0) }.map { Double($0) }
    let values = parts.compactMap { $0 }.filter(\.isFinite)
    return values.count == count && parts.count == count ? values : nil
}
