import Experiments
import Foundation
import Runtime
import Statistics

/// Who is targeted (S4): units whose score reaches a threshold, one by one and never by the batch that they come in. Each unit
/// is scored by the model of its own fold.
package struct RankingRules: Sendable, Hashable, Codable {
    /// How the score was learned, in words.
    package let ranker: String
    /// Names of the outcomes that the score trades.
    package let value: String
    package let cost: String
    /// What was asked for, as `share:0.2`; the threshold is what came of it.
    package let budget: String
    /// Of the draw that gives a unit its fold.
    package let seed: UInt64
    package let features: [RankingFeature]
    /// By fold.
    package let models: [ScoreFunction]
    package let threshold: Double
    /// By which hash of the ids units fall into folds; nil is `SplitHash.hash`.
    package let rule: SplitHash?

    package init(
        ranker: String, value: String, cost: String, budget: String, seed: UInt64, features: [RankingFeature],
        models: [ScoreFunction], threshold: Double, rule: SplitHash? = nil
    ) {
        self.rule = rule
        self.ranker = ranker
        self.value = value
        self.cost = cost
        self.budget = budget
        self.seed = seed
        self.features = features
        self.models = models
        self.threshold = threshold
    }

    /// The same with features of covariates counted otherwise.
    package func renumbered(_ place: [Int: Int]) -> RankingRules {
        RankingRules(
            ranker: ranker, value: value, cost: cost, budget: budget, seed: seed,
            features: features.map { $0.renumbered(place) }, models: models, threshold: threshold, rule: rule)
    }

    /// Covariates that some feature reads, ascending.
    package var covariates: [Int] { Set(features.map(\.covariate)).sorted() }

    /// The fold of each unit.
    package func folds(_ keys: [UInt64]) -> [Int] {
        let rule = SplitRule(seed: seed, confirmShare: 0, foldCount: models.count, hash: rule ?? .hash)
        return rule.folds(keys).map { Int($0) % models.count }
    }

    /// The score of every unit.
    /// - Parameters:
    ///   - columns: encoded covariates, in the order that the features count them.
    ///   - keys: of each unit, or of its cluster, by the rule of the splits.
    /// - Throws: `CancellationError`.
    /// - Complexity: O(units x features).
    package func scores(of columns: [[Float]], keys: [UInt64], context: RunContext) throws -> [Double] {
        try features.scores(by: models, columns, folds: folds(keys), context: context)
    }

    /// 1 for units that are targeted, else 0; parameters as of `scores`.
    package func targeted(of columns: [[Float]], keys: [UInt64], context: RunContext) throws -> [UInt32] {
        try scores(of: columns, keys: keys, context: context).map { $0 >= threshold ? 1 : 0 }
    }
}

extension [RankingFeature] {
    /// The score of every unit by the model of its fold.
    /// - Throws: `CancellationError`.
    package func scores(
        by models: [ScoreFunction], _ columns: [[Float]], folds: [Int], context: RunContext
    ) throws -> [Double] {
        let chunk = 4_096
        return try context.workers.map((folds.count + chunk - 1) / chunk) { part -> [Double] in
            try context.cancellation.check()
            let units = part * chunk..<Swift.min(folds.count, (part + 1) * chunk)
            var scores = [Double](repeating: 0, count: units.count)
            for (fold, model) in models.enumerated() {
                let own = units.filter { folds[$0] == fold }
                for (unit, score) in zip(own, model.values(matrix(columns, units: own))) {
                    scores[unit - units.lowerBound] = score
                }
            }
            return scores
        }.flatMap { $0 }
    }
}
