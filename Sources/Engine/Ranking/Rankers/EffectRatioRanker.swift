import Runtime
import Statistics

/// Linear effects on value and on cost, and their ratio: the default.
///
/// Where targeting costs something, the order by value effect / cost effect is the one that no budget can improve on. The
/// estimated cost effect is kept above a part of its average, since a ratio to almost nothing ranks noise.
package struct EffectRatioRanker: Ranker {
    /// How the effects are estimated.
    package enum Learner: String, Sendable, CaseIterable {
        case r = "R"
        case dr = "DR"
    }

    package let learner: Learner
    /// Part of the average cost effect that none is taken below.
    package let costFloor: Double

    package var name: String { "\(learner.rawValue) ratio" }

    package init(_ learner: Learner = .r, costFloor: Double = EffectRatioScore.costFloor) {
        self.learner = learner
        self.costFloor = costFloor
    }

    package func fit(_ sample: RankingSample, context: RunContext) throws -> any RankingModel {
        let regression = try EffectRegression(
            sample, method: learner == .r ? .residual : .doublyRobust, context: context)
        let fits = RidgeRegression.choose(regression.folds)
        let cost = LinearFunction(scaling: regression.scaling, coefficients: fits[1])
        let average = cost.values(sample.features).reduce(0, +) / Double(sample.count)
        return EffectRatio(
            value: LinearFunction(scaling: regression.scaling, coefficients: fits[0]), cost: cost,
            floor: costFloor * average)
    }
}

/// Value effect over cost effect.
private struct EffectRatio: RankingModel {
    let value: LinearFunction
    let cost: LinearFunction
    let floor: Double

    func scores(_ features: DenseMatrix) -> [Double] {
        EffectRatioScore.scores(value: value.values(features), cost: cost.values(features), floor: floor)
    }

    var function: ScoreFunction {
        floor > 0
            ? .ratio(ScoreFunction.RatioScore(value: value.plain, cost: cost.plain, floor: floor))
            : .linear(value.plain)
    }
}

/// The score of effects on value and cost, however they were learned.
package enum EffectRatioScore {
    /// Part of the average cost effect that none is taken below, by default.
    package static let costFloor = 0.2

    /// - Parameter floor: what no cost is taken below.
    package static func scores(value: [Double], cost: [Double], floor: Double) -> [Double] {
        // A cost that is none on average says nothing about whom to leave out.
        guard floor > 0 else { return value }
        return zip(value, cost).map { $0 / max($1, floor) }
    }
}
