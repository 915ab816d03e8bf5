import Experiments
import Runtime
import Statistics

/// What a learner's pointwise intervals say of one arm and outcome: how far the units' effects spread and of how many units
/// it is sure. In the outcome's own unit, net of arm costs; every tune unit by the model of its own fold.
package struct UnitIntervals: Sendable, Equatable, Codable {
    package let learner: String
    package let arm: String
    package let outcome: String
    /// The doubly robust average by the learner's effects over the units of the two arms.
    package let average: Measure
    /// Effects that 5%, 50% and 95% of units stay below.
    package let quantiles: [Double]
    /// The median of the units' standard errors.
    package let typicalError: Double
    /// Shares of units whose 95% interval lies above 0, and below it.
    package let above: Double
    package let below: Double

    package static let levels = [0.05, 0.5, 0.95]

    /// - Parameters:
    ///   - errors: standard errors beside `effects`, scaled as these are.
    ///   - outcomeMeans: m of every unit, scaled (`Nuisances.outcomeMeans`).
    /// - Returns: nil where an arm has no units.
    /// - Complexity: O(units log units).
    init?(
        _ experiment: Experiment, data: TrainingData, learner: String, _ contrast: ContrastIndex, effects: [Float],
        errors: [Float], outcomeMeans: [Float]
    ) {
        let outcome = experiment.outcomes[contrast.outcome]
        let sample = ForestSample(data, contrast, rows: data.training)
        guard sample.smallestArm > 0 else { return nil }
        let (scale, cost) = (outcome.observed.scale, outcome.addedCost(ofArm: contrast.arm))
        let whole = DoublyRobustAverage(
            sample, effects: sample.rows.map { effects[Int($0)] }, outcomeMeans: outcomeMeans)
        var values: [Double] = []
        var (above, below) = (0, 0)
        for unit in experiment.tune {
            let effect = scale * Double(effects[unit]) - cost
            let interval = Interval(estimate: effect, standardError: scale * Double(errors[unit]))
            above += interval.low > 0 ? 1 : 0
            below += interval.high < 0 ? 1 : 0
            values.append(effect)
        }
        values.sort()
        let sortedErrors = experiment.tune.map { scale * Double(errors[$0]) }.sorted()
        func quantile(_ sorted: [Double], _ level: Double) -> Double {
            sorted[min(sorted.count - 1, Int(level * Double(sorted.count)))]
        }
        self.learner = learner
        self.arm = experiment.arms[contrast.arm]
        self.outcome = outcome.name
        average = Measure(value: scale * whole.effect - cost, standardError: scale * whole.standardError)
        quantiles = Self.levels.map { quantile(values, $0) }
        typicalError = quantile(sortedErrors, 0.5)
        self.above = Double(above) / Double(values.count)
        self.below = Double(below) / Double(values.count)
    }
}

extension UnitIntervals {
    /// Of every learner that has errors, arm and outcome.
    /// - Throws: `CancellationError`.
    static func all(
        _ experiment: Experiment, data: TrainingData, fits: [ValidationFit], nuisances: Nuisances, context: RunContext
    ) throws -> [UnitIntervals] {
        let contrasts = data.contrasts
        let errors = try fits.map {
            try $0.found.models?.standardErrors(data.columns, folds: data.folds, context: context)
        }
        return try context.workers.map(contrasts.count * fits.count) { index -> UnitIntervals? in
            try context.cancellation.check()
            let (fit, contrast) = (fits[index / contrasts.count], contrasts[index % contrasts.count])
            guard let errors = errors[index / contrasts.count] else { return nil }
            return UnitIntervals(
                experiment, data: data, learner: fit.name, contrast, effects: fit.found.estimates.column(contrast),
                errors: errors.column(contrast), outcomeMeans: nuisances.outcomeMeans(data, contrast))
        }.compactMap { $0 }
    }
}
