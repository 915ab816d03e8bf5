import Studies

extension Action.Prompt {
    package static let budget = Action.Prompt(BudgetPrompt())
}

/// A budget, typed in its present unit.
struct BudgetPrompt: PromptLine {
    func question(_ state: WorkbenchState) -> String {
        if case .share = state.budget.budget { return "share of units, % =" }
        return "\(BudgetRows.unit(state.budget.budget)) ="
    }

    func start(_ state: WorkbenchState) -> String { "" }

    func action(for text: String, _ state: WorkbenchState) -> PromptAnswer {
        let number = text.hasSuffix("%") ? String(text.dropLast()) : text
        guard let typed = Double(number), typed.isFinite else {
            return .wrong("\"\(text)\" is not a number; type one like 20")
        }
        let budget = state.budget.budget
        let amount = if case .share = budget { typed / 100 } else { typed }
        guard BudgetTrack(budget, nil).with(amount) != nil else {
            return .wrong(
                budget.isShare ? "a share lies above 0 and up to 100%" : "\(text) buys nothing; type a larger number")
        }
        return .right(.budget(.set(amount)))
    }
}

extension RankingBudget {
    fileprivate var isShare: Bool { if case .share = self { true } else { false } }
}
