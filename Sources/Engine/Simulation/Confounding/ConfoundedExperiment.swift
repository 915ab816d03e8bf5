import Effects
import Experiments
import Foundation
import Ranking
import Runtime
import Statistics

/// One experiment with an unmeasured confounder: rankers as its analyst would fit and judge them.
struct ConfoundedExperiment: Sendable {
    struct Judged: Sendable {
        let area: Double?
        let trueArea: Double
        /// nil without an interval.
        let coversArea: Bool?
        let value: Double
        let trueValue: Double
        let coversValue: Bool?
    }

    let rankers: [Judged]
    /// Of the arm on the value, by least squares on the covariates.
    let effect: Double
    let trueEffect: Double
    let robustness: Double
    let robustnessOfLimit: Double
    let eValue: Double
    let eValueOfLimit: Double

    private static let freshUnits = 6_000
    private static let replicates = 200
    /// The index of the share among the deciles.
    private static let place = 2

    init(
        _ family: ConfoundedFamily, units: Int, rankers: [any Ranker], seed: UInt64, number: Int, context: RunContext
    ) throws {
        var stream = RandomStream(seed: seed, purpose: "confounded \(number)")
        let training = family.draw(units: units, from: &stream).observed
        let judging = family.draw(units: units, from: &stream).observed
        let fresh = family.draw(units: Self.freshUnits, from: &stream).observed
        let sample = try RankingSample(
            features: training.features, treated: training.treated,
            propensity: Self.propensities(training, seed: seed, context), value: training.value, cost: training.cost,
            seed: seed)
        let propensity = try Self.propensities(judging, seed: seed, context)
        let evaluation = try EvaluationSample(
            treated: judging.treated, value: judging.value, cost: judging.cost,
            inversePropensity: zip(judging.treated, propensity).map { $0 ? 1 / $1 : 1 / (1 - $1) })
        self.rankers = try rankers.map { ranker in
            let model = try ranker.fit(sample, context: context)
            let said = try CurveEstimate(
                scores: model.scores(judging.features), sample: evaluation, replicates: Self.replicates,
                seed: seed &+ UInt64(number), context: context)
            let truth = try CostCurve(
                scores: model.scores(fresh.features), valueEffects: fresh.valueEffects, costEffects: fresh.costEffects)
            let trueArea = truth.area ?? 0.5
            return Judged(
                area: said.curve.area, trueArea: trueArea, coversArea: said.areaInterval()?.contains(trueArea),
                value: said.curve.values[Self.place], trueValue: truth.values[Self.place],
                coversValue: said.valueInterval(Self.place)?.contains(truth.values[Self.place]))
        }
        trueEffect = Moments(fresh.valueEffects).mean
        // The regression that robustness values are made for.
        let covariates = (0..<RankingFamily.featureCount).map { column in
            (0..<units).map { judging.features[$0, column] }
        }
        let arm = judging.treated.map { $0 ? 1.0 : 0 }.residuals(given: covariates)
        let value = judging.value.residuals(given: covariates)
        func product(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
        effect = product(arm, value) / product(arm, arm)
        let freedom = Double(units - covariates.count - 2)
        let rest = product(value, value) - effect * product(arm, value)
        let error = (rest / freedom / product(arm, arm)).squareRoot()
        robustness = ConfoundingSensitivity.robustness(t: effect / error, degreesOfFreedom: freedom)
        robustnessOfLimit = ConfoundingSensitivity.robustness(
            t: effect / error, degreesOfFreedom: freedom, level: 0.05)
        // VanderWeele & Ding 2017, table 2.
        let deviation = Moments(judging.value).standardDeviation
        func eValue(_ effect: Double) -> Double {
            ConfoundingSensitivity.eValue(riskRatio: exp(0.91 * effect / deviation))
        }
        self.eValue = eValue(effect)
        let reach = Confidence.critical(atLevel: Confidence.level) * error
        eValueOfLimit = abs(effect) > reach ? eValue(abs(effect) - reach) : 1
    }

    /// Of being treated, by a logit of the covariates: every unit's by the other folds.
    private static func propensities(
        _ units: RankingFamily.Units, seed: UInt64, _ context: RunContext
    ) throws -> [Double] {
        let columns = (0..<RankingFamily.featureCount).map { column in
            units.treated.indices.map { Float(units.features[$0, column]) }
        }
        let classes = units.treated.map { UInt8($0 ? 1 : 0) }
        let draw = SaltedDraw(seed: seed, salt: "confounded propensity")
        let folds = units.treated.indices.map { draw.group(UInt64($0), of: 5) }
        var propensities = [Double](repeating: 0, count: classes.count)
        for fold in 0..<5 {
            let model = try MultinomialLogit(
                columns, rows: folds.indices.filter { folds[$0] != fold }, classes: classes, classCount: 2,
                cancellation: context.cancellation)
            let own = folds.indices.filter { folds[$0] == fold }
            for (unit, probabilities) in zip(own, model.predict(columns, rows: own)) {
                propensities[unit] = probabilities[1]
            }
        }
        return propensities
    }
}
