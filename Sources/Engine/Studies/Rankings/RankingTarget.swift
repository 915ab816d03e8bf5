import Policies
import Ranking
import Runtime

/// Whom a ranking targets within a budget.
package struct RankingTarget: Sendable {
    package let budget: RankingBudget
    package let ranker: FittedRanker
    /// Units whose score is at least this are targeted.
    package let threshold: Double
    /// 1 for every unit of the study that is targeted, else 0.
    package let targeted: [UInt32]
    /// Of the tune units.
    package let share: Double
    private let workspace: RankingWorkspace

    /// - Throws: `EspalierError`: a share outside 0...1 (.usage); a cost that is none, or a price that nobody is worth (.check).
    /// - Complexity: O(units); a cost or a price takes a curve, O(units log units).
    package init(_ budget: RankingBudget, by ranker: FittedRanker, _ workspace: RankingWorkspace) throws {
        try budget.check()
        let tune = workspace.study.description.tuneCount
        let sorted = ranker.descending
        func threshold(share: Double) -> Double {
            sorted[min(tune, max(1, Int((share * Double(tune)).rounded()))) - 1]
        }
        switch budget {
        case .share(let share): self.threshold = threshold(share: share)
        case .cost(let cost):
            self.threshold = threshold(share: try workspace.curve(of: ranker).share(costing: cost, workspace))
        case .price(let price):
            if ranker.isRatio {
                self.threshold = price
            } else {
                let share = try workspace.curve(of: ranker).share(atPrice: price)
                self.threshold = share > 0 ? threshold(share: share) : .infinity
            }
        }
        let least = self.threshold
        self.budget = budget
        self.ranker = ranker
        self.workspace = workspace
        targeted = ranker.scores.map { $0 >= least ? 1 : 0 }
        let count = targeted[..<tune].reduce(0, +)
        guard count > 0 else {
            throw EspalierError(
                .check, "no unit is worth targeting at \(budget)", remedy: "lower the price, or give a share")
        }
        share = Double(count) / Double(tune)
    }

    /// What it gives to the units of a split.
    /// - Throws: what no arm of the study can bring about.
    package func probabilities(_ units: Range<Int>) throws -> ArmProbabilities {
        let armCount = workspace.study.space.armCount
        return ArmProbabilities(
            assignment: targeted[units].map { $0 == 1 ? UInt8(workspace.question.arm) : 0 }, armCount: armCount)
    }

    /// The rules that say the same of any unit.
    /// - Throws: `EspalierError` (.usage) for a score that no policy file can carry.
    package func rules() throws -> RankingRules {
        guard let models = ranker.models else {
            let written = StudyRanker.written.map(\.rawValue).joined(separator: ", ")
            throw EspalierError(
                .usage, "a policy file cannot carry the score of \(ranker.name)",
                remedy: "name one of \(written) with --ranker")
        }
        let (study, question) = (workspace.study, workspace.question)
        return RankingRules(
            ranker: ranker.name, value: study.space.outcomes[question.value].name,
            cost: study.space.outcomes[question.cost].name, budget: budget.description,
            seed: study.description.spec.splits.seed, features: workspace.features, models: models,
            threshold: threshold, rule: study.description.spec.splits.rule)
    }

    /// The policy, with its units known to the study's evaluators.
    /// - Throws: as `rules`.
    package func policy() throws -> RankingPolicy {
        let rules = UnitRules.ranking(try rules())
        workspace.study.unitGroups.keep(targeted, rules)
        return RankingPolicy(rules: rules.id, arm: workspace.question.arm)
    }
}

extension RankingWorkspace {
    /// The curve of a ranker on tune, at every percent that both arms reach.
    func curve(of ranker: FittedRanker) throws -> CostCurve {
        let own = judging(.tune)
        let (scores, sample) = (own.map { ranker.scores[$0] }, try evaluation(.tune))
        let least = CostCurve.leastShare(scores: scores, sample: sample)
        return try CostCurve(
            scores: scores, sample: sample,
            extraShares: CostCurve.percents(from: least))
    }
}

extension CostCurve {
    /// The share at which the curve first costs so much; 1 where it never does.
    fileprivate func share(costing budget: Double, _ workspace: RankingWorkspace) throws -> Double {
        guard endCost > 0 else {
            let name = workspace.study.space.outcomes[workspace.question.cost].name
            throw EspalierError(
                .check, "targeting everybody changes \(name) by \(endCost), which is not a cost that could be limited",
                remedy: "give the budget as a share")
        }
        return share(costing: budget)
    }
}
