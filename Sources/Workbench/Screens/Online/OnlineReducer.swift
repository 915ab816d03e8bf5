import Studies
import Texts

/// Actions on what is shown of an online test, and the steps of the test itself.
enum OnlineReducer {
    static func apply(_ action: OnlineAction, _ context: inout ScreenContext<OnlineScreen>) {
        switch action {
        case .cycleOutcome(let steps):
            let count = OnlineRows.outcomes(context.state).count
            guard count > 0 else { return }
            context.own.outcome = ((OnlineRows.outcome(context.state) + steps) % count + count) % count
            context.message = ""
        case .turnRound(let steps): turnRound(steps, &context)
        case .setPlan(let settings):
            (context.own.users, context.own.slice) = (settings.users, settings.slice)
            (context.own.longTerm, context.own.shares) = (settings.longTerm, settings.shares)
            context.message =
                settings.shares.map {
                    "the next plan shares \(NumberText.grouped(settings.users)) users a policy by \($0.text)"
                } ?? "the next plan gives every policy \(NumberText.grouped(settings.users)) users"
        case .planFirst(let spec, let path):
            guard context.state.facts.workspace != nil else { return context.sayNotReady() }
            context.message = "planning a first experiment"
            context.ask(for: .query(PlanFirst(spec, users: context.own.users, to: path, context.state.services)))
        case .plan(let path, let ofPicks): plan(path, ofPicks: ofPicks, &context)
        case .read(let path, let plan, let covariates):
            guard context.state.facts.workspace != nil else { return context.sayNotReady() }
            let services = context.state.services
            context.message = "reading \(path)"
            context.ask(
                for: .query(
                    ReadResults(
                        services.place(path), planPath: plan.map(services.place),
                        covariatesPath: covariates.map(services.place))))
        case .takeBack: takeBack(&context)
        case .next: propose(repeating: nil, &context)
        case .replicate:
            guard let candidate = OnlineRows.candidateID(context.state) else {
                context.message = "a candidate can be repeated: j and k choose one"
                return
            }
            propose(repeating: candidate, &context)
        case .fitRounds(let path):
            guard !OnlineRows.counting(context.state).isEmpty else {
                context.message = "no round counts yet: p plans one, r reads its results"
                return
            }
            context.message = ""
            context.ask(for: .query(FitRounds(path, context.state.services)))
        case .setLosses(let losses):
            context.own.losses = losses
            context.askAgain(for: .watched)
            context.message =
                losses.isEmpty ? "losses of what was promised are to be seen" : "such losses are to be seen"
        case .launch(let settings, let path): launch(settings, path, &context)
        case .watch(let policy, let log):
            let services = context.state.services
            context.own.watch = OnlineState.Watch(policy: services.place(policy), log: services.place(log))
            context.own.pane = .monitor
            context.askAgain(for: .watched)
            context.message = ""
        }
    }

    private static func turnRound(_ steps: Int, _ context: inout ScreenContext<OnlineScreen>) {
        let numbers = (OnlineRows.review(context.state)?.rounds ?? []).map(\.number)
        guard !numbers.isEmpty else {
            context.message = "no round was read yet"
            return
        }
        // A plan that awaits its results comes after all rounds.
        let places = numbers.map(Optional.some) + (OnlineRows.awaited(context.state) == nil ? [] : [nil])
        let present = places.firstIndex(of: OnlineRows.shown(context.state)?.number) ?? places.count - 1
        context.own.round = places[max(0, min(present + steps, places.count - 1))]
        context.own.pane = .round
        context.message = ""
    }

    private static func plan(_ path: String, ofPicks: Bool, _ context: inout ScreenContext<OnlineScreen>) {
        guard context.state.facts.workspace != nil else { return context.sayNotReady() }
        var request = PlanRequest()
        request.candidates = OnlineRows.toPlan(context.state, ofPicks: ofPicks).ids
        request.users = context.own.users
        request.slice = context.own.slice
        request.longTerm = context.own.longTerm
        request.shares = context.own.shares
        context.message = "planning the round"
        context.ask(for: .operation(PlanRound(request, to: path, context.state.services)))
    }

    private static func takeBack(_ context: inout ScreenContext<OnlineScreen>) {
        guard context.own.pane == .round, let round = OnlineRows.shown(context.state) else {
            context.message = "a round that was read can be taken back: [ and ] choose one"
            return
        }
        guard OnlineRows.counts(round, context.state) else {
            context.message = "round \(round.number) counts no more already; reading its results again lets it count"
            return
        }
        context.ask(for: .operation(WithdrawRound(round.number)))
    }

    private static func propose(repeating candidate: Int?, _ context: inout ScreenContext<OnlineScreen>) {
        guard context.state.facts.workspace != nil else { return context.sayNotReady() }
        guard !OnlineRows.counting(context.state).isEmpty else {
            context.message = "no round counts yet: p plans one, r reads its results"
            return
        }
        context.message = ""
        context.ask(for: .operation(ProposePolicies(repeating: candidate)))
    }

    private static func launch(
        _ settings: LaunchSettings, _ path: String, _ context: inout ScreenContext<OnlineScreen>
    ) {
        guard let units = context.state.facts.description?.unitCount, context.state.facts.workspace != nil else {
            return context.sayNotReady()
        }
        guard let candidate = OnlineRows.candidateID(context.state) else {
            context.message = "a candidate can be launched: j and k choose one"
            return
        }
        context.message = ""
        context.ask(
            for: .operation(
                LaunchPolicy(
                    candidate: candidate, settings, users: settings.users ?? units, to: path, context.state.services)))
    }
}
