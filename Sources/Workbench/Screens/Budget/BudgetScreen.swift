import Policies
import Studies

extension Screen {
    package static let budget = Screen("budget")
}

/// What targeting more of the units brings against what it costs: a budget as a slider, the cost curve, and rankers side by side.
package enum BudgetScreen: ScreenDefinition {
    package typealias State = BudgetState
    package typealias OwnAction = BudgetAction

    package static let screen = Screen.budget
    package static let needsUnits = true
    package static let number = 8
    package static let title = "Budget"
    package static let hint = "Whom to target first? h/l moves the budget along the curve."

    package static let keys =
        [
            Binding([.character("l"), .right], "budget", "a larger budget", .budget(.turn(1))),
            Binding([.character("h"), .left], "", "a smaller budget", .budget(.turn(-1))),
            Binding([.character("L")], "×10", "ten steps more", .budget(.turn(10))),
            Binding([.character("H")], "", "ten steps less", .budget(.turn(-10))),
            Binding([.character("=")], "type", "type the budget", .prompt(.budget)),
            Binding([.character("b")], "unit", "share of units, cost or price", .budget(.nextUnit)),
            Binding([.character("v")], "value", "the next outcome that is gained", .budget(.nextValue)),
            Binding([.character("c")], "cost", "the next outcome that is spent", .budget(.nextCost)),
            Binding([.character("o")], "arm", "the next arm to target with", .budget(.nextArm)),
            Binding([.character("a")], "add", "add the policy as a candidate", .budget(.add)),
            Binding([.character("C")], "confirm", "look at the rankers on confirm, which counts", .budget(.confirm)),
        ] + KeyTable.movement

    package static let derivations: [Derivation] = [
        Derivation(.ranking) { state in RankPresent(state, isFurther: false) },
        Derivation(.budgetEffects, after: .ranking) { state in SpendPresent(state) },
        Derivation(.furtherRanking, after: .ranking) { state in RankPresent(state, isFurther: true) },
    ]

    package static func rowCount(_ state: WorkbenchState) -> Int { BudgetRows.view(state)?.entries.count ?? 0 }

    package static func row(_ state: WorkbenchState) -> Int { state.budget.row }

    package static func focus(_ row: Int, _ context: inout ScreenContext<Self>) {
        context.own.row = row
        context.message = ""
    }

    package static func reduce(_ action: BudgetAction, _ context: inout ScreenContext<Self>) {
        BudgetReducer.apply(action, &context)
    }

    /// The candidate that the present budget is.
    package static func candidate(_ state: WorkbenchState) -> Candidate? {
        guard let view = BudgetRows.view(state), let known = state.facts.workspace?.table.unitGroups else { return nil }
        let (ranking, name) = (view.ranking, view.entry(state.budget.row).name)
        return state.visibleCandidates.last { candidate in
            guard let policy = candidate.policy.ranking, let rules = known.ranking(policy.rules) else { return false }
            return policy.arm == ranking.workspace.question.arm && rules.ranker == name
                && rules.budget == state.budget.budget.description
                && (rules.value, rules.cost) == (ranking.value, ranking.cost)
        }
    }

    package static func notedCandidate(_ state: WorkbenchState) -> Candidate? { candidate(state) }

    package static func slide(track: Int, to share: Double, _ state: WorkbenchState) -> Action? {
        let curve = BudgetRows.view(state)?.entry(state.budget.row).curve
        let track = BudgetTrack(state.budget.budget, curve)
        return track.end > 0 ? .budget(.set(track.value(at: share))) : nil
    }

    package static func slide(by steps: Int) -> Action? { .budget(.turn(steps)) }

    package static func fits(_ saved: BudgetState, _ space: PolicySpace) -> Bool {
        let names = space.outcomes.map(\.name)
        let outcomes = [saved.request.value, saved.request.cost].compactMap { $0 }
        return outcomes.allSatisfy(names.contains) && (saved.request.arm.map(space.arms.contains) ?? true)
    }

    package static func finding(_ state: WorkbenchState) -> String { BudgetRows.finding(state) }
}
