import Foundation
import Runtime
import Statistics

/// S4's direct ranking (DRM): a score trained on the effects among those it selects, by Adam on the full batch.
package struct DirectRanker: Ranker {
    /// How units are selected while training.
    package enum Selection: Sendable, Equatable {
        /// Softmax of the score.
        case softmax
        /// A sigmoid at the score's (1 - share) quantile whose temperature rises from 3 by 0.01 a step; with a budget, the
        /// selected share may cost no more than that per unit of the whole.
        case constrained(share: Double, budget: Double? = nil)
    }

    /// What a fit is made with; the defaults are those of METHODS section 6.
    package struct Settings: Sendable, Equatable {
        package var selection = Selection.softmax
        /// tanh units of the hidden layer; 0 is a linear score.
        package var hiddenUnits = 0
        /// Whether cross-fitted means are taken off the outcomes first.
        package var isResidualised = false
        /// Weights of the sample's other outcomes, in their order; value has 1 and cost -1.
        package var otherWeights: [Double] = []
        package var steps = 150
        package var rate = 0.02
        /// Of half the squared length of the parameters: the regulariser of S4's equation 5, which the source does not define.
        package var penalty = 0.01
        package var seed: UInt64 = 1

        package init() {}
    }

    package let settings: Settings

    package init(_ settings: Settings = Settings()) { self.settings = settings }

    package var name: String {
        let kind = settings.selection == .softmax ? "DRM" : "constrained"
        let layer = settings.hiddenUnits > 0 ? ", \(settings.hiddenUnits) hidden" : ""
        return kind + layer + (settings.isResidualised ? ", residualised" : "")
    }

    package func fit(_ sample: RankingSample, context: RunContext) throws -> any RankingModel {
        let scaling = FeatureScaling(sample.features)
        let features = scaling.applied(to: sample.features)
        var outcomes = [sample.value, sample.cost] + sample.others.prefix(settings.otherWeights.count)
        if settings.isResidualised {
            let means = try OutcomeMeans.crossFitted(outcomes, features, sample: sample, context: context)
            outcomes = zip(outcomes, means).map { outcome, means in zip(outcome, means).map { $0 - $1 } }
        }
        let units = outcomes.map { Moments($0).standardDeviation }
        if let constant = units.firstIndex(of: 0) {
            let name = constant == 0 ? "value" : constant == 1 ? "cost" : "outcome \(constant - 1)"
            throw EspalierError(
                .data, "the \(name) is the same for every unit, so no order changes it", remedy: "choose another column"
            )
        }
        // Differences between arms depend on no centre, but their digits do.
        let scaled = zip(outcomes, units).map { outcome, unit in
            let mean = Moments(outcome).mean
            return outcome.map { ($0 - mean) / unit }
        }
        let arms = SelectionArms(
            features: features, treated: sample.treated, propensity: sample.propensity, outcomes: scaled)
        let network =
            settings.hiddenUnits > 0
            ? ScoreNetwork.hidden(features: sample.featureCount, units: settings.hiddenUnits)
            : .linear(features: sample.featureCount)
        let parameters = try train(network, arms, costUnit: units[1], context: context)
        return DirectScore(scaling: scaling, network: network, parameters: parameters)
    }

    private func train(
        _ network: ScoreNetwork, _ arms: SelectionArms, costUnit: Double, context: RunContext
    ) throws -> [Double] {
        let objective = AggregateObjective(weights: [1, -1] + settings.otherWeights)
        var parameters = network.initialParameters(seed: settings.seed)
        var adam = Adam(rate: settings.rate, parameterCount: parameters.count)
        for step in 0..<settings.steps {
            try context.cancellation.check()
            let selected = try SelectionEffects(
                arms, network: network, gate: gate(step: step), parameters: parameters, context: context)
            var (value, slopes) = objective.evaluate(selected.effects)
            if case .constrained(let share, let budget?) = settings.selection {
                let barrier = CostBudget(share: share, budget: budget)
                    .evaluate(costEffect: selected.effects[1], unit: costUnit)
                value += CostBudget.sharpness(step: step) * barrier.value
                slopes[1] += CostBudget.sharpness(step: step) * barrier.slope
            }
            let gradient = parameters.indices.map { index in
                zip(slopes, selected.gradients).reduce(-settings.penalty * parameters[index]) {
                    $0 + $1.0 * $1.1[index]
                }
            }
            adam.ascend(&parameters, gradient: gradient)
            if step % 10 == 9 || step == settings.steps - 1 {
                context.report(
                    Progress(
                        phase: name, done: step + 1, total: settings.steps,
                        detail: String(format: "objective %.4f", value)))
            }
        }
        return parameters
    }

    private func gate(step: Int) -> SelectionGate {
        switch settings.selection {
        case .softmax: .softmax
        case .constrained(let share, _): .quantile(share: share, temperature: 3 + 0.01 * Double(step))
        }
    }
}

/// A trained score network on features as they come.
private struct DirectScore: RankingModel {
    let scaling: FeatureScaling
    let network: ScoreNetwork
    let parameters: [Double]

    func scores(_ features: DenseMatrix) -> [Double] {
        network.scores(scaling.applied(to: features), parameters)
    }

    /// Without the outer 3 tanh, which keeps the order.
    var function: ScoreFunction {
        switch network {
        case .linear:
            return .linear(LinearFunction(scaling: scaling, coefficients: [0] + parameters).plain)
        case .hidden(let features, let units):
            return .network(
                ScoreFunction.NetworkScore(
                    units: (0..<units).map { unit in
                        let slopes = (0..<features).map { parameters[$0 * units + unit] }
                        let input = LinearFunction(
                            scaling: scaling, coefficients: [parameters[features * units + unit]] + slopes)
                        return ScoreFunction.NetworkScore.Unit(
                            input: input.plain, weight: parameters[(features + 1) * units + unit])
                    }))
        }
    }
}
