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

    package init(_ learner: Learner = .r, costFloor: Double = 0.2) {
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
        let values = value.values(features)
        // A cost that is none on average says nothing about whom to leave out.
        guard floor > 0 else { return values }
        return zip(values, cost.values(features)).map { $0 / max($1, floor) }
    }
}
