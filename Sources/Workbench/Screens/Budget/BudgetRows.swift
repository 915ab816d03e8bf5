import Policies
import Ranking
import Studies
import Texts

/// What the Budget screen lists and says.
enum BudgetRows {
    /// The outcome that is spent: the one chosen here, else the spec's.
    static func cost(_ state: WorkbenchState) -> String? {
        state.budget.request.cost ?? state.facts.description?.spec.cost
    }

    /// Index of the outcome that is gained.
    static func value(_ state: WorkbenchState, _ space: PolicySpace) -> Int {
        state.budget.request.value.flatMap { name in space.outcomes.firstIndex { $0.name == name } } ?? 0
    }

    static func arm(_ state: WorkbenchState, _ space: PolicySpace) -> Int {
        state.budget.request.arm.flatMap { space.arms.firstIndex(of: $0) }
            ?? space.bestTreatment(on: value(state, space))
    }

    /// The rankers that can be seen: with the forests as soon as there are any.
    static func view(_ state: WorkbenchState) -> BudgetView? {
        if let all = state.results[.furtherRanking]?.view, !state.results.isStale(.furtherRanking) { return all }
        return state.results[.ranking]?.view
    }

    static func isStale(_ state: WorkbenchState) -> Bool { state.results.isStale(.ranking) }

    /// The same rankers on confirm, where they were looked at.
    static func confirmed(_ state: WorkbenchState) -> BudgetView.Entry? {
        guard let seen = state.results[.confirmedRanking], let view = view(state),
            seen.ranking.workspace.question == view.ranking.workspace.question,
            seen.ranking.request.seed == view.ranking.request.seed
        else { return nil }
        let name = view.entry(state.budget.row).name
        return seen.entries.first { $0.name == name }
    }

    /// Whether the budget may be spent by a policy of the focused ranker.
    static func isWritten(_ state: WorkbenchState) -> Bool {
        view(state).map { StudyRanker.written.contains($0.ranker(state.budget.row)) } ?? false
    }

    static func unit(_ budget: RankingBudget) -> String {
        switch budget {
        case .share: "share of units"
        case .cost: "cost per unit"
        case .price: "price of cost"
        }
    }

    static func amount(_ budget: RankingBudget) -> Double {
        switch budget {
        case .share(let amount), .cost(let amount), .price(let amount): amount
        }
    }

    static func text(_ budget: RankingBudget) -> String {
        switch budget {
        case .share(let share): NumberText.percent(share, 0)
        case .cost(let amount), .price(let amount): Wording.number(amount)
        }
    }

    static func finding(_ state: WorkbenchState) -> String {
        guard cost(state) != nil else { return "no outcome is the cost of the others: c chooses one" }
        if case .refused(let sentence)? = state.results[.ranking], !isStale(state) { return sentence }
        guard let view = view(state) else { return "" }
        return view.finding
    }
}
