import Policies
import Ranking
import Runtime

/// Rankers of a study's units, judged side by side on one split.
package struct StudyRanking: Sendable {
    package let request: RankingRequest
    package let workspace: RankingWorkspace
    package let split: EvaluationSplit
    /// In the order asked for, a column of the data last.
    package let rankers: [FittedRanker]
    package let comparison: RankerComparison
    /// Units of the split in control or in the arm.
    package let unitCount: Int

    package var value: String { workspace.study.space.outcomes[workspace.question.value].name }
    package var cost: String { workspace.study.space.outcomes[workspace.question.cost].name }
    package var arm: String { workspace.study.space.arms[workspace.question.arm] }

    /// The study's.
    package var caveats: [String] {
        workspace.study.description.caveats ?? []
    }

    /// Who beats a random order, or that nobody does.
    package var finding: String { RankingFinding.sentence(comparison, value: value, cost: cost) }
}

/// Fits rankers and judges them on tune, every unit by the model of its own fold.
package struct RankUnits: StudyQuery {
    package let request: RankingRequest
    /// Shares to know beside the deciles.
    package let shares: [Double]
    /// Whether every percent is known too, where both arms are among the targeted.
    package let percents: Bool
    /// Of the bootstrap.
    package let replicates: Int

    package init(_ request: RankingRequest, shares: [Double] = [], percents: Bool = false, replicates: Int = 500) {
        self.request = request
        self.shares = shares
        self.percents = percents
        self.replicates = replicates
    }

    /// - Throws: `EspalierError`: value and cost the same (.usage), a decile without an arm, changed data (.data);
    ///   `CancellationError`.
    package func run(_ study: Study, _ context: RunContext) throws -> StudyRanking { try run(study, .tune, context) }

    func run(_ study: Study, _ split: EvaluationSplit, _ context: RunContext) throws -> StudyRanking {
        let workspace = try study.rankingWorkspace(request, context)
        var rankers = try workspace.fitted(request.rankers, seed: request.seed, context)
        if let score = request.score { rankers.append(try workspace.column(score, context)) }
        let sample = try workspace.evaluation(split)
        let own = workspace.judging(split)
        let scores = rankers.map { ranker in own.map { ranker.scores[$0] } }
        let estimates = try rankers.indices.map { index in
            context.report(
                Progress(phase: "cost curves", done: index, total: rankers.count, detail: rankers[index].name))
            // A ranker's percents are its own, so that another beside it changes nothing.
            let least = percents ? CostCurve.leastShare(scores: scores[index], sample: sample) : 1
            return try workspace.estimate(
                index < request.rankers.count ? request.rankers[index] : nil, scores[index], sample: sample,
                split: split, shares: shares + CostCurve.percents(from: least), replicates: replicates,
                seed: request.seed, context)
        }
        return StudyRanking(
            request: request, workspace: workspace, split: split, rankers: rankers,
            comparison: RankerComparison(names: rankers.map(\.name), estimates: estimates), unitCount: own.count)
    }
}
