import Ranking
import Runtime
import Statistics

/// How often 95% intervals on confirm cover the truth of what was learned on tune: the default ranker is fitted on tune, a share and
/// a cost are set, and confirm judges its area and its value at both.
package struct BudgetCoverage: Sendable {
    package let experiments: Int
    /// Experiments whose intervals exist.
    package let bounded: Int
    package let areaCovered: Int
    package let shareCovered: Int
    package let costCovered: Int

    private static let share = 0.25
    /// Units that the truth of a score is taken from.
    private static let freshUnits = 100_000

    /// - Parameter units: of tune, and as many of confirm.
    /// - Throws: `CancellationError`.
    package init(
        _ family: RankingFamily, units: Int, experiments: Int, replicates: Int = 500, context: RunContext = RunContext()
    ) throws {
        var stream = RandomStream(seed: 1, purpose: "budget coverage")
        let fresh = family.draw(units: Self.freshUnits, from: &stream)
        // About a third of what targeting everybody costs.
        let budget = 0.35 * Moments(fresh.costEffects).mean
        let single = RunContext(workers: Workers(count: 1), cancellation: context.cancellation)
        let covered = try context.workers.map(experiments) { number -> (area: Bool, share: Bool, cost: Bool)? in
            var stream = RandomStream(seed: UInt64(number), purpose: "budget coverage")
            let tune = family.draw(units: units, from: &stream)
            let confirm = family.draw(units: units, from: &stream)
            let model = try EffectRatioRanker().fit(
                RankingSample(
                    features: tune.features, treated: tune.treated, propensity: tune.treated.map { _ in 0.5 },
                    value: tune.value, cost: tune.cost), context: single)
            let truth = try CostCurve(
                scores: model.scores(fresh.features), valueEffects: fresh.valueEffects,
                costEffects: fresh.costEffects, extraShares: [Self.share])
            let said = try CurveEstimate(
                scores: model.scores(confirm.features),
                sample: EvaluationSample(treated: confirm.treated, value: confirm.value, cost: confirm.cost),
                extraShares: [Self.share], replicates: replicates, seed: UInt64(number), context: single)
            let place = CostCurve.deciles.count
            guard let area = said.areaInterval(), let share = said.valueInterval(place),
                let cost = said.value(atCost: budget)?.interval, let trueArea = truth.area,
                let trueValue = truth.value(atCost: budget)
            else { return nil }
            return (area.contains(trueArea), share.contains(truth.values[place]), cost.contains(trueValue))
        }
        self.experiments = experiments
        let defined = covered.compactMap { $0 }
        bounded = defined.count
        areaCovered = defined.count { $0.area }
        shareCovered = defined.count { $0.share }
        costCovered = defined.count { $0.cost }
    }
}
