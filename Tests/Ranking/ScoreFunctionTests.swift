import Foundation
import Ranking
import Runtime
import Statistics
import Testing

/// What policy files carry of a ranker, and where on its curve a budget ends.
@Suite struct ScoreFunctionTests {
    private static func direct(_ change: (inout DirectRanker.Settings) -> Void) -> DirectRanker {
        var settings = DirectRanker.Settings()
        change(&settings)
        return DirectRanker(settings)
    }

    private static let all: [any Ranker] = [
        EffectRatioRanker(), EffectRatioRanker(.dr), PricedEffectRanker(), DirectRanker(),
        direct { $0.hiddenUnits = 3 }, direct { $0.selection = .constrained(share: 0.4) },
    ]

    /// Numbers alone put units in the order of the trained ranker, and come back from JSON as they were.
    @Test(arguments: all.indices) func theFunctionIsTheRanker(index: Int) throws {
        let trial = RankingTrial(units: 1_500, seed: 31)
        let model = try Self.all[index].fit(trial.sample(), context: RunContext())
        let scores = model.scores(trial.features)
        let values = model.function.values(trial.features)
        // Direct rankers leave out their outer 3 tanh.
        let own = Self.all[index] is DirectRanker ? values.map { 3 * tanh($0) } : values
        for (score, value) in zip(scores, own) { #expect(abs(score - value) < 1e-9 * max(1, abs(score))) }
        let again = try JSONDecoder().decode(ScoreFunction.self, from: JSONEncoder().encode(model.function))
        #expect(again == model.function && again.values(trial.features) == values)
        #expect(again.reads(featureCount: 4) && !again.reads(featureCount: 3))
    }

    /// A cost that is none on average leaves the value effect alone.
    @Test func withoutACostTheValueRanks() throws {
        let trial = RankingTrial(units: 1_500, seed: 32)
        let sample = try RankingSample(
            features: trial.features, treated: trial.treated, propensity: trial.treated.map { _ in 0.5 },
            value: trial.value, cost: trial.cost.map { -$0 })
        guard case .linear = try EffectRatioRanker().fit(sample, context: RunContext()).function else {
            Issue.record("the score divides by a cost that is none")
            return
        }
    }

    @Test(arguments: [
        #"{"kind":"ratio","value":{"constant":1,"coefficients":[]},"cost":{"constant":1,"coefficients":[]},"floor":0}"#,
        #"{"kind":"garden"}"#, #"{"kind":"linear","constant":1}"#,
    ]) func whatIsNoFunctionIsRefused(json: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(ScoreFunction.self, from: Data(json.utf8))
        }
    }

    /// Effects 2 (1 - share) on the value and 1 on the cost, known: the curve is 2 s - s².
    @Test func budgetsEndWhereTheyAreSpent() throws {
        let count = 20_000
        let places = (0..<count).map { (Double($0) + 0.5) / Double(count) }
        let curve = try CostCurve(
            scores: places.map { -$0 }, valueEffects: places.map { 2 * (1 - $0) }, costEffects: places.map { _ in 1 })
        #expect(abs(curve.share(costing: 0.35) - 0.35) < 1e-9)
        #expect(curve.share(costing: 2) == 1)
        // The last unit targeted brings 2 (1 - s) for a cost of 1: at a price of 0.6 that is s = 0.7.
        #expect(curve.share(atPrice: 0.6) == 0.7)
        #expect(curve.share(atPrice: 5) == 0)
        #expect(curve.share(atPrice: 0) == 1)
    }

    @Test func theLeastShareHasBothArms() throws {
        let sample = try EvaluationSample(
            treated: [true, true, false, true], value: [0, 0, 0, 0], cost: [0, 0, 0, 0])
        #expect(CostCurve.leastShare(scores: [4, 3, 2, 1], sample: sample) == 0.75)
        // Tied units enter together.
        #expect(CostCurve.leastShare(scores: [4, 2, 2, 2], sample: sample) == 1)
    }

    @Test func oneSentenceSaysWhoBeatsRandom() throws {
        let trial = RankingTrial(units: 3_000, seed: 33)
        let sample = try trial.evaluation()
        var stream = RandomStream(seed: 1)
        let noise = trial.value.indices.map { _ in stream.normal() }
        let good = try RankerComparison(
            names: ["oracle", "noise"], scores: [trial.oracle, noise], sample: sample, replicates: 200)
        let sentence = RankingFinding.sentence(good, value: "sales", cost: "calls")
        #expect(sentence.hasPrefix("oracle beats a random order in sales against calls, with an area of 0."))
        let bad = try RankerComparison(
            names: ["noise", "more noise"], scores: [noise, noise.reversed()], sample: sample, replicates: 200)
        #expect(
            RankingFinding.sentence(bad, value: "sales", cost: "calls")
                .hasPrefix("nobody beats a random order in sales against calls: of 2 rankers none"))
    }
}
