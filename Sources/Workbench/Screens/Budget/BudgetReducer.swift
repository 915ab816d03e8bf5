import Policies
import Studies

/// Actions on the budget and on what is ranked.
enum BudgetReducer {
    static func apply(_ action: BudgetAction, _ context: inout ScreenContext<BudgetScreen>) {
        guard let space = context.state.facts.workspace?.space else { return context.sayNotReady() }
        switch action {
        case .turn(let steps): set(track(context).turned(steps), &context)
        case .set(let amount): set(track(context).with(amount), &context)
        case .nextUnit: nextUnit(&context)
        case .nextValue:
            let names = space.outcomes.map(\.name)
            let present = BudgetRows.value(context.state, space)
            let next = (1...names.count).map { (present + $0) % names.count }
                .first { names[$0] != BudgetRows.cost(context.state) }
            context.own.request.value = names[next ?? present]
            context.message = "\(names[next ?? present]) is gained"
        case .nextCost:
            let names = space.outcomes.map(\.name)
            let present = BudgetRows.cost(context.state).flatMap { names.firstIndex(of: $0) } ?? names.count - 1
            let value = BudgetRows.value(context.state, space)
            guard names.count > 1 else {
                context.message = "there is one outcome only, so that nothing is spent for it"
                return
            }
            // What is to be kept low is likely what is spent.
            let likely = space.outcomes.indices.first { $0 != value && space.outcomes[$0].sign < 0 }
            let following = (1...names.count).map { (present + $0) % names.count }.first { $0 != value }
            let next = (BudgetRows.cost(context.state) == nil ? likely : nil) ?? following ?? present
            context.own.request.cost = names[next]
            context.message = "\(names[next]) is spent"
        case .nextArm:
            let next = BudgetRows.arm(context.state, space) % (space.armCount - 1) + 1
            context.own.request.arm = space.arms[next]
            context.message = "\(space.arms[next]) is what the targeted get"
        case .add: add(&context)
        case .confirm:
            guard context.state.facts.description?.hasConfirm == true else {
                context.message = "the study has no confirm split"
                return
            }
            guard let view = present(&context) else { return }
            context.ask(for: .operation(ConfirmRanking(view.ranking.request, percents: true)))
        }
    }

    private static func track(_ context: ScreenContext<BudgetScreen>) -> BudgetTrack {
        BudgetTrack(
            context.own.budget, BudgetRows.view(context.state).map { $0.entry(context.own.row).curve })
    }

    private static func set(_ budget: RankingBudget?, _ context: inout ScreenContext<BudgetScreen>) {
        guard let budget else {
            context.message = "that buys nothing: b changes what the budget is in"
            return
        }
        context.own.budget = budget
        context.message = "budget: \(BudgetRows.text(budget)) \(BudgetRows.unit(budget))"
    }

    private static func nextUnit(_ context: inout ScreenContext<BudgetScreen>) {
        guard let view = present(&context) else { return }
        let entry = view.entry(context.own.row)
        let budget = context.own.budget
        set(budget.nextUnit(at: entry.point(budget), of: entry), &context)
    }

    private static func add(_ context: inout ScreenContext<BudgetScreen>) {
        guard let view = present(&context) else { return }
        let entry = view.entry(context.own.row)
        guard BudgetRows.isWritten(context.state) else {
            context.message = "a policy cannot carry the score of \(entry.name): j and k choose another ranker"
            return
        }
        if let known = BudgetScreen.candidate(context.state) {
            context.message = "this budget is candidate \(known.name) already"
            return
        }
        context.ask(
            for: .operation(
                AddRanking(view.ranking.request, by: view.ranker(context.own.row), context.own.budget)))
    }

    /// The rankers of what is asked for now.
    private static func present(_ context: inout ScreenContext<BudgetScreen>) -> BudgetView? {
        guard let view = BudgetRows.view(context.state), !BudgetRows.isStale(context.state) else {
            context.message =
                BudgetRows.cost(context.state) == nil
                ? "c chooses the outcome that is spent" : "the units are not ranked yet"
            return nil
        }
        return view
    }
}
