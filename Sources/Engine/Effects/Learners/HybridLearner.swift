import Experiments

/// Hybrid of member level and cohort level (S3): an X-learner on one half of the units, a shallow tree on its predictions,
/// and the effects of the tree's leaves from the doubly robust scores of the other half.
///
/// Outcomes of the estimating half enter neither the learner nor the tree nor the outcome models behind the scores.
package struct HybridLearner: ContrastLearner, SearchableLearner {
    private static let depth = 3
    private let outcomeModels: BoostingSpec?
    private let effectModels: BoostingSpec?
    private let minimumLeaf: Int?

    /// - Parameter minimumLeaf: fewest treated and fewest control units of a leaf; nil sets it by size.
    package init(
        outcomeModels: BoostingSpec? = nil, effectModels: BoostingSpec? = nil, minimumLeaf: Int? = nil
    ) {
        self.outcomeModels = outcomeModels
        self.effectModels = effectModels
        self.minimumLeaf = minimumLeaf
    }

    package var capabilities: LearnerCapabilities { LearnerCapabilities(intervals: true) }
    package var searchSpace: BoostingSpace { BoostingSpace(part: .effectModels, isForest: false) }

    package func setting(_ boosting: BoostingSpec) -> HybridLearner {
        HybridLearner(outcomeModels: outcomeModels, effectModels: boosting, minimumLeaf: minimumLeaf)
    }

    func models(_ training: ContrastTraining) throws -> [EffectModel] {
        let (growing, estimating) = training.honestHalves()
        let smallest =
            [growing.control, growing.treated, estimating.control, estimating.treated].map(\.count).min() ?? 0
        guard smallest >= BoostedModel.minimumUnits else { return training.meanDifferences() }
        let everyone = training.everyone
        let features = training.features(everyone)
        let memberLevel = try HalfLearner(
            training, growing: growing, outcomeModels: outcomeModels, effectModels: effectModels)
        // A leaf large enough that the smallest of the estimating half's groups has its fill.
        let wanted = TreeSettings(minimumLeaf: minimumLeaf).leafSize(smallestGroup: smallest)
        let leafUnits = Double(wanted) * Double(everyone.count) / Double(smallest)
        let settings = BoostingSettings(
            rounds: 1, depth: Self.depth, learningRate: 1, lambda: 0, minimumChildWeight: leafUnits)
        return try training.outcomes.map { outcome in
            let predictions = memberLevel.effects(outcome, features: features, count: everyone.count)
            let shallow = try BoostedModel.train(
                training.set(features, labels: predictions), settings: settings,
                cancellation: training.cancellation)
            let scores = memberLevel.scores(outcome, units: estimating.everyone)
            let tree = RuleTree(
                shallow.trees.first, encoding: training.nuisances.models.encoding,
                covariates: training.data.covariates)
            return .rules(
                tree.estimated(
                    scores, isNormalised: training.hasVaryingWeights, units: estimating.everyone,
                    columns: training.data.columns))
        }
    }
}
