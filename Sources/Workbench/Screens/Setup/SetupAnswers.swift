import Experiments
import Texts

/// What the lines at the bottom of the set-up screen start with and what their answers mean.
enum SetupAnswers {
    static func question(_ prompt: SetupState.Prompt, _ state: SetupState) -> String {
        switch prompt {
        case .limit: "least change of \(state.focused), good ways, as -2% or -0.1 (empty: none):"
        case .costs: "costs of \(state.draft.arms.map(\.name).joined(separator: ", ")):"
        case .shares: "planned shares of \(state.draft.arms.map(\.name).joined(separator: ", ")):"
        case .path: "write the spec to:"
        }
    }

    static func start(_ prompt: SetupState.Prompt, _ state: SetupState) -> String {
        let outcome = state.draft.outcome(of: state.focused).map { state.draft.outcomes[$0] }
        switch prompt {
        case .limit:
            switch outcome?.threshold {
            case nil: return "-2%"
            case .relative(let least): return NumberText.percent(least, 1)
            case .absolute(let least): return NumberText.significant(least, 3)
            }
        case .costs:
            return state.draft.arms.map { NumberText.compact(outcome?.armCost[$0.name] ?? 0) }.joined(separator: " ")
        case .shares: return state.draft.shares.map { NumberText.compact($0) }.joined(separator: " ")
        case .path: return state.specPath
        }
    }

    static func take(_ text: String, to prompt: SetupState.Prompt, _ state: inout SetupState) {
        state.overlay = .none
        switch prompt {
        case .limit: limit(text, &state)
        case .costs:
            guard let values = numbers(text, count: state.draft.arms.count) else {
                state.message = "one number for each of \(state.draft.arms.count) arms, as 0 0.1 0.1"
                return
            }
            let costs = zip(state.draft.arms.map(\.name), values).filter { $0.1 != 0 }
            if let index = state.draft.outcome(of: state.focused) {
                state.draft.change(outcome: index) { $0.armCost = Dictionary(uniqueKeysWithValues: costs) }
            }
        case .shares:
            guard let values = numbers(text, count: state.draft.arms.count), values.allSatisfy({ $0 > 0 }) else {
                state.message = "one positive number for each of \(state.draft.arms.count) arms, as 2 1 1"
                return
            }
            state.draft.shares = values
            state.draft.sharesAreAGuess = false
        case .path:
            guard !text.isEmpty else {
                state.message = "no file was named; nothing was written"
                return
            }
            let isForced = text.hasSuffix("!")
            if !isForced, let failed = state.health?.findings.first(where: { $0.severity == .blocking }) {
                state.message =
                    "not written: no study can be fitted with a failing check (! after the name writes it): \(failed.sentence)"
                return
            }
            state.outcome = .write(isForced ? String(text.dropLast()) : text)
        }
    }

    private static func limit(_ text: String, _ state: inout SetupState) {
        guard let index = state.draft.outcome(of: state.focused) else { return }
        let trimmed = text.filter { !$0.isWhitespace }
        let threshold: Threshold?
        if trimmed.isEmpty {
            threshold = nil
        } else if trimmed.hasSuffix("%"), let value = Double(trimmed.dropLast()), value.isFinite {
            threshold = .relative(value / 100)
        } else if let value = Double(trimmed), value.isFinite {
            threshold = .absolute(value)
        } else {
            state.message = "\"\(text)\" is no limit; write -2% (of control) or -0.1 (in its unit)"
            return
        }
        state.draft.change(outcome: index) { $0.threshold = threshold }
    }

    /// As many finite numbers as asked for, between spaces, commas, colons or slashes.
    private static func numbers(_ text: String, count: Int) -> [Double]? {
        let parts = text.split { " ,:/;".contains($0) }.map { Double($0) }
        let values = parts.compactMap { $0 }.filter(\.isFinite)
        return values.count == count && parts.count == count ? values : nil
    }
}
