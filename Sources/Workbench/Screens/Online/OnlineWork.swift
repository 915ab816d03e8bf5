import Online
import Policies
import Runtime
import Studies
import Texts

extension WorkKind {
    static let onlineReview = WorkKind("online review")
    static let onlineResults = WorkKind("online results", rank: 7, isStoppable: false)
    static let onlineNext = WorkKind("online next", rank: 6, words: "the choice of policies")
    static let onlineFile = WorkKind("online file", rank: 8, isStoppable: false)
    static let watch = WorkKind("watch", rank: 7, words: "the reading of the log")
}

extension ResultKey where Value == OnlineReview? {
    /// What the study holds of its online test; nil until the screen is shown.
    package static var online: ResultKey { ResultKey("online") }
}

extension ResultKey where Value == Int {
    /// How often what the study holds of its online test has changed in this sitting.
    package static var onlineChanges: ResultKey { ResultKey("online changes", initial: 0) }
}

/// Reads what the study holds of its online test, whenever that has changed.
struct ReviewPresent: DerivedQuery {
    struct Inputs: Sendable, Equatable {
        let study: String
        let changes: Int
    }

    let inputs: Inputs

    /// nil while another screen is shown.
    init?(_ state: WorkbenchState) {
        guard state.screen == .online else { return nil }
        inputs = Inputs(study: state.facts.inputs, changes: state.results[.onlineChanges])
    }

    static var work: WorkKind { .onlineReview }

    /// Planning looks at confirm, too.
    func run(_ study: Study, _ context: RunContext) throws -> (review: OnlineReview, looks: Int) {
        (try study.answer(ReviewOnlineTest(), context), try study.file.looks())
    }

    func take(_ answer: (review: OnlineReview, looks: Int), in state: inout WorkbenchState) -> [Work] {
        state.results.take(answer.review, as: .online, from: inputs)
        state.facts.looks = answer.looks
        return []
    }
}

// MARK: The steps of a test

extension PlanRound {
    /// Plans a round, in a file where the workbench writes files.
    init(_ request: PlanRequest, to path: String, _ services: WorkbenchServices) {
        self.init(request, path: services.place(OutputFile.name(path)), tool: services.tool) { plan in
            try services.write(plan.json(), to: path)
        }
    }
}

extension PlanRound: WorkbenchOperation {
    package static var work: WorkKind { .onlineFile }

    package func take(_ plan: OnlinePlan, in state: inout WorkbenchState) -> [Work] {
        state.results[.onlineChanges] += 1
        if let number = state.decisions.online?.plan?.number { state.results[.online]?.plans[number] = plan.summary }
        (state.online.pane, state.online.round) = (.round, nil)
        state.message =
            "\(plan.policies.count) policies for \(NumberText.grouped(plan.unitCount)) units are planned in \(path)"
        return []
    }
}

/// The results are looked at before they are kept: those that are kept already change nothing.
extension ReadResults: WorkbenchQuery {
    package static var work: WorkKind { .onlineResults }
    package static var isReplaceable: Bool { false }
    package static var isReplayed: Bool { false }

    package func take(_ found: Found, in state: inout WorkbenchState) -> [Work] {
        state.online.pane = .round
        let policies = found.reading.policies
        state.online.row =
            policies.indices.max { policies[$0].probabilityBest < policies[$1].probabilityBest } ?? 0
        if let known = found.known {
            state.online.round = known.number
            state.message = "these results are round \(known.number) already; nothing was changed"
            return []
        }
        return [.operation(AddRound(path, planPath: planPath, covariatesPath: covariatesPath, found: found))]
    }
}

extension AddRound: WorkbenchOperation {
    package static var work: WorkKind { .onlineResults }

    package func take(_ round: RoundRecord, in state: inout WorkbenchState) -> [Work] {
        state.results[.onlineChanges] += 1
        state.online.round = round.number
        let users = NumberText.grouped(round.means.reduce(0) { $0 + $1.users })
        state.message = "round \(round.number) is read: \(users) users"
        if !round.hasCovariates {
            state.message += ", without covariates: n goes by averages alone (R names a file of them)"
        }
        return []
    }
}

extension WithdrawRound: WorkbenchOperation {
    package static var work: WorkKind { .onlineResults }

    package func take(_ round: RoundRecord, in state: inout WorkbenchState) -> [Work] {
        state.message = "round \(round.number) is taken back, and counts no more; u lets it count again"
        return []
    }
}

extension ProposePolicies: WorkbenchOperation {
    package static var work: WorkKind { .onlineNext }

    package func take(_ next: NextRound, in state: inout WorkbenchState) -> [Work] {
        state.facts.merge(next.batch + next.recommended)
        state.results[.onlineChanges] += 1
        // Known at once: the next key may launch one of them.
        if let number = state.decisions.online?.proposal { state.results[.online]?.proposals[number] = next.record }
        state.online.pane = .next
        state.online.row = 0
        state.message = "the next round has \(next.batch.map(\.name).joined(separator: ", "))"
        return []
    }
}

extension LaunchPolicy {
    /// Launches a candidate, with its file where the workbench writes files.
    init(
        candidate: Int, _ settings: LaunchSettings, users: Int, to path: String, _ services: WorkbenchServices
    ) {
        self.init(
            candidate: candidate, holdout: settings.holdout, days: settings.days, users: users,
            path: services.place(OutputFile.name(path)), tool: services.tool
        ) { document in try services.write(document.json(), to: path) }
    }
}

extension LaunchPolicy: WorkbenchOperation {
    package static var work: WorkKind { .onlineFile }

    package func take(_ candidate: Candidate, in state: inout WorkbenchState) -> [Work] {
        let holdout = NumberText.percent(holdout, 1)
        state.message = "\(candidate.name) is launched with \(holdout) held out, in \(path); w watches it by its log"
        return []
    }
}
