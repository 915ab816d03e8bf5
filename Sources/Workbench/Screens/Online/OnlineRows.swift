import Online
import Policies
import Studies

/// What counts of an online test now, and what the Online screen lists of it.
enum OnlineRows {
    /// A plan that counts, with the file it was written to.
    struct Planned {
        let number: Int
        let path: String
        let plan: OnlinePlan
    }

    static func review(_ state: WorkbenchState) -> OnlineReview? { state.results[.online] }

    static func counts(_ round: OnlineReview.Round, _ state: WorkbenchState) -> Bool {
        !(state.decisions.withdrawnRounds ?? []).contains(round.number)
    }

    /// Those that were not taken back.
    static func counting(_ state: WorkbenchState) -> [OnlineReview.Round] {
        (review(state)?.rounds ?? []).filter { counts($0, state) }
    }

    /// The round looked at; nil where that is the plan which awaits its results, or nothing was read.
    static func shown(_ state: WorkbenchState) -> OnlineReview.Round? {
        let all = review(state)?.rounds ?? []
        if let chosen = all.first(where: { $0.number == state.online.round }) { return chosen }
        return awaited(state) == nil ? all.last { counts($0, state) } ?? all.last : nil
    }

    static func planned(_ state: WorkbenchState) -> Planned? {
        guard let decided = state.decisions.online?.plan, let plan = review(state)?.plans[decided.number] else {
            return nil
        }
        return Planned(number: decided.number, path: decided.path, plan: plan)
    }

    /// The plan whose results are not read yet.
    static func awaited(_ state: WorkbenchState) -> Planned? {
        planned(state).flatMap { planned in
            let salt = planned.plan.assignment.salt
            return counting(state).contains { $0.plan.assignment.salt == salt } ? nil : planned
        }
    }

    /// What was proposed last.
    static func proposal(_ state: WorkbenchState) -> NextRound.Record? {
        state.decisions.online?.proposal.flatMap { review(state)?.proposals[$0] }
    }

    /// The plan that the outcomes of a proposal are those of.
    static func plan(of proposal: NextRound.Record, _ state: WorkbenchState) -> OnlinePlan? {
        review(state)?.rounds.last { $0.number == proposal.rounds.last }?.plan
    }

    /// Ids of the policies that a plan made now has: those proposed after the last round where they are not planned yet, else
    /// the picks.
    static func toPlan(_ state: WorkbenchState, ofPicks: Bool = false) -> (ids: [Int], areProposed: Bool) {
        if !ofPicks, let proposal = proposal(state), let last = counting(state).last,
            proposal.rounds.last == last.number, !proposal.batch.contains(where: state.decisions.hidden.contains)
        {
            let planned = awaited(state)?.plan.policies.compactMap(\.candidate)
            if planned != proposal.batch { return (proposal.batch, true) }
        }
        return (state.decisions.picked.sorted(), false)
    }

    static func watched(_ state: WorkbenchState) -> WatchedPolicy? { state.results[.watched] }

    /// Of the pane shown, with the direction in which each is better.
    static func outcomes(_ state: WorkbenchState) -> [(name: String, sign: Double)] {
        func named(_ plan: OnlinePlan?) -> [(name: String, sign: Double)] {
            (plan?.outcomes ?? []).map { ($0.name, $0.direction.sign) }
        }
        switch state.online.pane {
        case .round: return named(shown(state)?.plan)
        case .next: return named(proposal(state).flatMap { plan(of: $0, state) })
        case .monitor: return (watched(state)?.reading.backtest.outcomes ?? []).map { ($0.name, $0.sign) }
        }
    }

    /// Index of the outcome looked at, among those of the pane shown.
    static func outcome(_ state: WorkbenchState) -> Int {
        max(0, min(state.online.outcome, outcomes(state).count - 1))
    }

    /// Id of the candidate with the cursor; nil where it is on control or a single arm.
    static func candidateID(_ state: WorkbenchState) -> Int? {
        switch state.online.pane {
        case .round:
            let policies = shown(state)?.plan.policies ?? []
            return policies.indices.contains(state.online.row) ? policies[state.online.row].candidate : nil
        case .next:
            let recommended = proposal(state)?.recommended ?? []
            return recommended.indices.contains(state.online.row) ? recommended[state.online.row].candidate : nil
        case .monitor: return nil
        }
    }

    static func candidate(_ state: WorkbenchState) -> Candidate? {
        candidateID(state).flatMap { id in state.facts.candidates.first { $0.id == id } }
    }

    static func focusedName(_ state: WorkbenchState) -> String {
        candidateID(state).map(Candidate.name(of:)) ?? ""
    }

    static func names(_ ids: [Int]) -> String { ids.map(Candidate.name(of:)).joined(separator: ", ") }
}
