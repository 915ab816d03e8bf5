import Experiments
import Runtime

/// An average effect with less noise than the plain difference of means, and how much less (METHODS section 1).
package struct AdjustedEffect: Sendable, Equatable, Codable {
    package enum Method: String, Sendable, Codable, CaseIterable {
        /// By the outcome's own value before exposure, one coefficient for all arms (Deng, Xu, Kohavi & Walker 2013).
        case cuped
        /// By all covariates, and values before exposure, with coefficients of their own in every arm (Lin 2013).
        case regression
    }

    /// Index into the experiment's arms, at least 1.
    package let arm: Int
    /// Index into the experiment's outcomes.
    package let outcome: Int
    package let method: Method
    /// Net of arm costs, in the outcome's own unit.
    package let difference: MeanDifference
    /// Its variance over that of the plain difference of means: what is left of the noise.
    package let varianceRatio: Double

    package init(arm: Int, outcome: Int, method: Method, difference: MeanDifference, varianceRatio: Double) {
        self.arm = arm
        self.outcome = outcome
        self.method = method
        self.difference = difference
        self.varianceRatio = varianceRatio
    }

    /// Every adjustment that the experiment allows, of every arm and outcome that varies in the arm and in control, in the order
    /// of outcomes, methods and arms.
    /// - Parameter plain: `AverageEffect.estimate` over the same units.
    /// - Throws: `CancellationError`.
    /// - Complexity: O(units x (columns of the design)^2), parallel over columns.
    package static func estimate(
        _ experiment: Experiment, over units: Range<Int>, plain: [AverageEffect], context: RunContext = RunContext()
    ) throws -> [AdjustedEffect] {
        let regression = try RegressionAdjustment(experiment, over: units, context: context)
        return try experiment.outcomes.indices.flatMap { outcome -> [AdjustedEffect] in
            try context.cancellation.check()
            // In an arm without variance another's stands in for it: no noise that could be taken away.
            let varies = AverageEffect.armSums(experiment.outcomes[outcome].observed.values, experiment, units)
                .map { $0.meanVariance > 0 }
            let means = plain.filter { $0.outcome == outcome && varies[0] && varies[$0.arm] }
            return CUPED.estimate(experiment, outcome: outcome, over: units, plain: means)
                + regression.estimate(experiment, outcome: outcome, plain: means)
        }
    }

    /// The adjustment by values before exposure alone, of sums by arm.
    /// - Parameters:
    ///   - sums: of the outcome less theta times its value before exposure.
    ///   - answer: to `AverageEffect.request`, over the same units.
    ///   - plain: estimated from it.
    package static func cuped(
        _ outcome: OutcomeOutline, outcome index: Int, from sums: [ArmSums], beside answer: SumsAnswer,
        plain: [AverageEffect]
    ) -> [AdjustedEffect] {
        let observed = sums.indices.map { answer.sums(cell: 0, arm: $0, outcome: index) }
        guard observed[0].meanVariance > 0 else { return [] }
        return CUPED.estimate(
            outcome, outcome: index, from: sums, plain: plain.filter { observed[$0.arm].meanVariance > 0 })
    }
}
