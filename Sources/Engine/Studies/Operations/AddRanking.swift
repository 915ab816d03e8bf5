import Policies
import Runtime

/// Keeps the policy of a ranking as a candidate made by hand, with whom it targets.
package struct AddRanking: StudyOperation {
    package static let kind = "candidate.rank"

    package let request: RankingRequest
    package let ranker: StudyRanker
    package let budget: RankingBudget

    /// - Parameter request: its rankers do not matter.
    package init(_ request: RankingRequest, by ranker: StudyRanker, _ budget: RankingBudget) {
        var own = request
        own.rankers = [ranker]
        own.score = nil
        self.request = own
        self.ranker = ranker
        self.budget = budget
    }

    package func run(_ study: Study, _ context: RunContext) throws -> StudyChange<Candidate> {
        // Fitted once for all budgets: the workspace knows it.
        let target = try study.target(request, by: ranker, budget, context)
        let (policy, rules) = (Policy.ranking(try target.policy()), try target.rules())
        let knobs = PolicyKnobs.start(in: study.space)
        let new = StudyTransaction.NewCandidate(
            knobs: knobs, policy: policy,
            tune: try study.workspace.evaluator(workers: context.workers).evaluate(policy, weights: knobs.weights))
        return StudyChange { transaction in
            try transaction.keep(target.targeted, of: .ranking(rules))
            return try transaction.keep([new], origin: .hand).candidates[0]
        } decide: { candidate, decisions in
            let step = History.Step(name: "add \(candidate.name)", before: decisions.without(candidate.id))
            return Decided(decisions.showing([candidate.id]), step: step)
        }
    }
}

/// What rankers do on confirm, which is a look.
package struct ConfirmRanking: StudyOperation {
    package static let kind = "confirm.ranking"

    package let request: RankingRequest
    /// Shares to know beside the deciles.
    package let shares: [Double]
    package let percents: Bool

    package init(_ request: RankingRequest, shares: [Double] = [], percents: Bool = false) {
        self.request = request
        self.shares = shares
        self.percents = percents
    }

    /// The outcome is the rankers on confirm, and how often the confirm split was looked at in all.
    package func run(
        _ study: Study, _ context: RunContext
    ) throws -> StudyChange<(ranking: StudyRanking, looks: Int)> {
        guard study.description.hasConfirm else {
            throw EspalierError(
                .usage, "the study has no confirm split", file: study.file.path,
                remedy: "set splits: confirm above 0 and fit again")
        }
        let found = try RankUnits(request, shares: shares, percents: percents).run(study, .confirm, context)
        let names = ([found.value, found.cost, found.arm] + found.rankers.map(\.name) + shares.map { "\($0)" })
            .joined(separator: ", ")
        return StudyChange { transaction in
            try transaction.countLook(
                at: .confirm, "rank \(found.value) against \(found.cost)", of: LookSubject(text: "ranking \(names)"))
            return (found, try transaction.reading.looks())
        }
    }
}

extension Study {
    /// Whom a ranker targets within a budget.
    /// - Throws: as `RankingTarget`; what fitting throws.
    package func target(
        _ request: RankingRequest, by ranker: StudyRanker, _ budget: RankingBudget, _ context: RunContext
    ) throws -> RankingTarget {
        let workspace = try rankingWorkspace(request, context)
        let fitted = try workspace.fitted([ranker], seed: request.seed, context)
        return try RankingTarget(budget, by: fitted[0], workspace)
    }
}
