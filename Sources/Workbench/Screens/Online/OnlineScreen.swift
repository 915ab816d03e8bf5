import Policies
import Studies

extension Screen {
    package static let online = Screen("online")
}

/// Online tests of policies: what the log promised against what came out, which policies are next, and a launched one against its
/// holdout.
package enum OnlineScreen: ScreenDefinition {
    package typealias State = OnlineState
    package typealias OwnAction = OnlineAction

    package static let screen = Screen.online
    package static let needsUnits = true
    package static let number = 9
    package static let title = "Online"
    package static let hint = "Do users do what the log promised? p plans a round."

    package static let keys =
        [
            Binding([.character("p")], "plan", "plan a round: what was proposed, or the picks", .prompt(.roundPlan)),
            Binding([.character("P")], "", "plan a round of the picks", .prompt(.picksPlan)),
            Binding(
                [.character("=")], "", "users, shares, slice and long-term outcomes of a plan", .prompt(.planSettings)),
            Binding([.character("A")], "", "plan a first experiment: every arm, by a spec", .prompt(.firstSpec)),
            Binding([.character("r")], "read", "read the results of a round", .prompt(.roundResults)),
            Binding(
                [.character("R")], "", "read results, with covariates or a plan from other files",
                .prompt(.roundCovariates)),
            Binding([.character("n")], "next", "choose the policies of the next round", .online(.next)),
            Binding([.character("N")], "", "repeat the focused policy in the next round", .online(.replicate)),
            Binding([.character("F")], "", "fit the log and all rounds together", .prompt(.roundsFit)),
            Binding([.character("l")], "launch", "launch the focused policy with a holdout", .prompt(.launch)),
            Binding([.character("w")], "watch", "watch the launched policy by its log", .prompt(.watchedLog)),
            Binding([.character("W")], "", "watch another policy's file", .prompt(.watchedPolicy)),
            Binding([.character("L")], "", "losses to be seen of the launched policy", .prompt(.watchedLosses)),
            Binding([.character("v")], "view", "the round, the next policies, the launched policy", .cyclePane),
            Binding([.character("o")], "outcome", "the next outcome", .online(.cycleOutcome(1))),
            Binding([.character("O")], "", "the outcome before", .online(.cycleOutcome(-1))),
            Binding([.character("]"), .right], "", "the round after", .online(.turnRound(1))),
            Binding([.character("["), .left], "", "the round before", .online(.turnRound(-1))),
            Binding([.character("d"), .delete], "", "take the round back", .online(.takeBack)),
        ] + KeyTable.movement

    package static let derivations: [Derivation] = [
        Derivation(.online) { state in ReviewPresent(state) },
        Derivation(withoutStudy: .watched) { state in WatchPresent(state) },
    ]

    package static func rowCount(_ state: WorkbenchState) -> Int {
        switch state.online.pane {
        case .round: OnlineRows.shown(state)?.plan.policies.count ?? 0
        case .next: OnlineRows.proposal(state)?.recommended.count ?? 0
        case .monitor: OnlineRows.watched(state)?.reading.backtest.outcomes.count ?? 0
        }
    }

    package static func row(_ state: WorkbenchState) -> Int {
        state.online.pane == .monitor ? OnlineRows.outcome(state) : state.online.row
    }

    package static func focus(_ row: Int, _ context: inout ScreenContext<Self>) {
        if context.own.pane == .monitor { context.own.outcome = row } else { context.own.row = row }
        context.message = ""
    }

    package static func showNextPane(_ context: inout ScreenContext<Self>) {
        context.own.pane = context.own.pane.next
        context.own.row = 0
    }

    package static func reduce(_ action: OnlineAction, _ context: inout ScreenContext<Self>) {
        OnlineReducer.apply(action, &context)
    }

    package static func candidate(_ state: WorkbenchState) -> Candidate? { OnlineRows.candidate(state) }

    package static func notedCandidate(_ state: WorkbenchState) -> Candidate? { OnlineRows.candidate(state) }

    package static func fits(_ saved: OnlineState, _ space: PolicySpace) -> Bool {
        PlanSettings(users: saved.users, slice: saved.slice, longTerm: saved.longTerm, shares: saved.shares).isUsable
            && OnlineAction.setLosses(saved.losses).fits(space)
    }

    package static func finding(_ state: WorkbenchState) -> String { OnlineAdvice.next(state) }
}
