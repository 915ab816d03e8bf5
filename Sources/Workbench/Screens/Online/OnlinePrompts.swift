import Experiments
import Studies
import Texts

extension Action.Prompt {
    package static let roundPlan = Action.Prompt(RoundPlanPrompt(ofPicks: false))
    package static let picksPlan = Action.Prompt(RoundPlanPrompt(ofPicks: true))
    package static let planSettings = Action.Prompt(PlanSettingsPrompt())
    package static let roundResults = Action.Prompt(RoundResultsPrompt(plan: nil, covariates: nil))
    package static let roundCovariates = Action.Prompt(RoundCovariatesPrompt())
    package static let firstSpec = Action.Prompt(FirstSpecPrompt())
    package static let roundsFit = Action.Prompt(RoundsFitPrompt())
    package static let watchedLosses = Action.Prompt(WatchedLossesPrompt())
    package static let launch = Action.Prompt(LaunchPrompt())
    package static let watchedLog = Action.Prompt(WatchedLogPrompt(policy: nil))
    package static let watchedPolicy = Action.Prompt(WatchedPolicyPrompt())
}

/// The file of a plan.
private struct RoundPlanPrompt: PromptLine {
    let ofPicks: Bool

    func refusal(_ state: WorkbenchState) -> String? {
        guard state.facts.workspace != nil else { return Reducer.notReady }
        let ids = OnlineRows.toPlan(state, ofPicks: ofPicks).ids
        return ids.isEmpty ? "nothing is picked yet: 5 shows the front, Space picks" : nil
    }

    func question(_ state: WorkbenchState) -> String {
        let names = OnlineRows.names(OnlineRows.toPlan(state, ofPicks: ofPicks).ids)
        return "plan \(names) for \(NumberText.grouped(state.online.users)) users each, in:"
    }

    func start(_ state: WorkbenchState) -> String {
        "round-\((OnlineRows.review(state)?.plans.keys.max() ?? 0) + 1).json"
    }

    func action(for text: String, _ state: WorkbenchState) -> PromptAnswer {
        text.isEmpty ? .noFile : .right(.online(.plan(path: text, ofPicks: ofPicks)))
    }
}

/// Users, slice, shares and long-term outcomes of the next plan, as `5000 slice=0.05 explore=thompson retention_90=maximize`.
private struct PlanSettingsPrompt: PromptLine {
    func question(_ state: WorkbenchState) -> String {
        let own = state.online
        let slice = own.slice > 0 ? ["slice=\(NumberText.significant(own.slice, 2))"] : []
        let shares = own.shares.map { ["explore=\($0.text)"] } ?? []
        let later = own.longTerm.map { "\($0.name)=\($0.direction.rawValue)" }
        let now = (["\(own.users)"] + slice + shares + later).joined(separator: " ")
        return "users each [slice=] [explore=] [OUTCOME=maximize], now \(now):"
    }

    func start(_ state: WorkbenchState) -> String { "" }

    func action(for text: String, _ state: WorkbenchState) -> PromptAnswer {
        let words = text.split(separator: " ").map(String.init)
        guard let first = words.first, let users = Int(first) else {
            return .wrong("\"\(text)\" begins with no number of users; type one like 5000")
        }
        var settings = PlanSettings(users: users)
        for word in words.dropFirst() {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { return .wrong("\"\(word)\" is not name=value") }
            if parts[0] == "slice", let slice = Double(parts[1]) {
                settings.slice = slice
            } else if parts[0] == "explore" {
                guard let shares = try? ShareRule(parts[1]) else {
                    return .wrong("\"\(word)\" is neither explore=thompson nor explore=epsilon:0.1")
                }
                settings.shares = shares
            } else if let direction = Direction(rawValue: parts[1]) {
                settings.longTerm.append(PlanRequest.LongTerm(name: parts[0], direction: direction))
            } else {
                return .wrong(
                    "\"\(word)\" is neither slice=0.05, explore=thompson nor an outcome=maximize or outcome=minimize")
            }
        }
        guard settings.isUsable else { return .wrong("users are 2 or more, and a slice is at least 0 and below 1") }
        return .right(.online(.setPlan(settings)))
    }
}

/// The file of a round's results.
private struct RoundResultsPrompt: PromptLine {
    let plan: String?
    let covariates: String?

    func refusal(_ state: WorkbenchState) -> String? {
        guard state.facts.workspace != nil else { return Reducer.notReady }
        return plan == nil && OnlineRows.planned(state) == nil
            ? "no plan counts: p makes one, R reads results by a plan's file" : nil
    }

    func question(_ state: WorkbenchState) -> String {
        guard plan == nil, let planned = OnlineRows.planned(state) else { return "read the results in:" }
        return "read the results of plan \(planned.number) in:"
    }

    func start(_ state: WorkbenchState) -> String {
        OnlineRows.awaited(state).map { "round-\($0.number).csv" } ?? "results.csv"
    }

    func action(for text: String, _ state: WorkbenchState) -> PromptAnswer {
        text.isEmpty
            ? .wrong("no file was named; nothing was read")
            : .right(.online(.read(path: text, plan: plan, covariates: covariates)))
    }
}

/// A file with the units' covariates; the plan's is asked for next, and then that of the results.
private struct RoundCovariatesPrompt: PromptLine {
    func question(_ state: WorkbenchState) -> String { "the units' covariates are in (empty: in the results):" }
    func start(_ state: WorkbenchState) -> String { "" }

    func action(for text: String, _ state: WorkbenchState) -> PromptAnswer {
        .right(.prompt(Action.Prompt(RoundPlanFilePrompt(covariates: text.isEmpty ? nil : text))))
    }
}

private struct RoundPlanFilePrompt: PromptLine {
    let covariates: String?

    func question(_ state: WorkbenchState) -> String { "the plan is in (empty: the one made last):" }
    func start(_ state: WorkbenchState) -> String { "" }

    func action(for text: String, _ state: WorkbenchState) -> PromptAnswer {
        let plan = text.isEmpty ? nil : text
        return .right(.prompt(Action.Prompt(RoundResultsPrompt(plan: plan, covariates: covariates))))
    }
}

/// How the focused policy is launched, as `0.03 days=30 users=60000`, or as usual; the file is asked for next.
private struct LaunchPrompt: PromptLine {
    func refusal(_ state: WorkbenchState) -> String? {
        guard state.facts.workspace != nil else { return Reducer.notReady }
        return OnlineRows.candidateID(state) == nil
            ? "a candidate can be launched: j and k choose one, in a round or among the next policies" : nil
    }

    func question(_ state: WorkbenchState) -> String {
        let usual = LaunchSettings()
        return "holdout of \(OnlineRows.focusedName(state)) [days=] [users=], else "
            + "\(NumberText.significant(usual.holdout, 1)) days=\(usual.days):"
    }

    func start(_ state: WorkbenchState) -> String { "" }

    func action(for text: String, _ state: WorkbenchState) -> PromptAnswer {
        let words = text.split(separator: " ").map(String.init)
        guard !words.isEmpty else {
            return .right(.prompt(Action.Prompt(LaunchFilePrompt(settings: LaunchSettings()))))
        }
        guard let holdout = words.first.flatMap(Double.init) else {
            return .wrong("\"\(text)\" begins with no share of held-out units; type one like 0.03")
        }
        var settings = LaunchSettings()
        settings.holdout = holdout
        for word in words.dropFirst() {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let number = Int(parts[1]) else { return .wrong("\"\(word)\" is not name=number") }
            switch parts[0] {
            case "days": settings.days = number
            case "users": settings.users = number
            default: return .wrong("\"\(word)\" is neither days=30 nor users=60000")
            }
        }
        guard settings.isUsable else {
            return .wrong("a holdout lies above 0 and below 1, as 0.03; days are 1 or more, users 2 or more")
        }
        return .right(.prompt(Action.Prompt(LaunchFilePrompt(settings: settings))))
    }
}

private struct LaunchFilePrompt: PromptLine {
    let settings: LaunchSettings

    func question(_ state: WorkbenchState) -> String {
        "write policy \(OnlineRows.focusedName(state)) to:"
    }

    func start(_ state: WorkbenchState) -> String { "policy.json" }

    func action(for text: String, _ state: WorkbenchState) -> PromptAnswer {
        text.isEmpty ? .noFile : .right(.online(.launch(settings, path: text)))
    }
}
