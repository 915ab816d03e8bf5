import Experiments
import Runtime
import Statistics

/// Fully interacted regression adjustment (Lin 2013): in every arm the outcome is regressed on the covariates, centred over
/// all units, and the intercepts are compared. Weighted by 1/e where propensities vary by unit, which makes it doubly robust.
///
/// Standard errors are those of the influence function, the mean of the covariates counted as estimated.
struct RegressionAdjustment: Sendable {
    private struct Arm: Sendable {
        /// Units of the arm, as places in `units`.
        let places: [Int]
        /// Columns of the design, a column of ones first, by unit of the arm; with and without weights, which share their memory
        /// where all units weigh alike.
        let columns: [[Float]]
        let weighted: [[Float]]
        /// nil where all units weigh alike.
        let weights: [Float]?
        let cholesky: ReducedCholesky
        /// What gives the intercept its value: x' leverage, by unit.
        let leverage: [Double]
    }

    private let units: Range<Int>
    private let arms: [Arm]

    /// Fewer units for each column in an arm leave the regression more noise than it takes away.
    private static let unitsPerColumn = 10

    /// - Complexity: O(units x columns^2), parallel over columns.
    init(_ experiment: Experiment, over units: Range<Int>, context: RunContext) throws {
        self.units = units
        func cut(_ values: [Float]) -> [Float] { Array(values[units]) }
        var places = [[Int]](repeating: [], count: experiment.arms.count)
        for (place, unit) in units.enumerated() { places[Int(experiment.assignment[unit])].append(place) }
        let fewest = places.map(\.count).min() ?? 0
        var columns = places.map { [[Float](repeating: 1, count: $0.count)] }
        // Columns are cut to the arms as they come, so that all of them are in memory once.
        CovariateDesign.forEachColumn(
            experiment.covariates.lazy.map {
                Covariate(name: $0.name, encoding: $0.encoding, values: cut($0.values))
            }, isFlexible: false, further: experiment.outcomes.lazy.compactMap { $0.preperiod.map { cut($0.values) } }
        ) { column in
            guard columns[0].count < fewest / Self.unitsPerColumn else { return }
            for (arm, places) in places.enumerated() { columns[arm].append(places.map { column[$0] }) }
        }
        arms = try places.enumerated().map { arm, places in
            try context.cancellation.check()
            let own = columns[arm]
            var (weights, weighted): ([Float]?, [[Float]]) = (nil, own)
            if case .columns(let propensities) = experiment.propensity {
                let inverse = places.map { 1 / propensities[arm][units.lowerBound + $0] }
                weights = inverse
                weighted = own.map { column in zip(column, inverse).map { $0 * $1 } }
            }
            let cholesky = ReducedCholesky(try ColumnProducts.gram(weighted, own, workers: context.workers))
            let direction = cholesky.solve([1] + own.dropFirst().map { _ in 0 })
            var leverage = [Double](repeating: 0, count: places.count)
            for (column, factor) in zip(own, direction) { ColumnProducts.add(column, times: factor, to: &leverage) }
            return Arm(
                places: places, columns: own, weighted: weighted, weights: weights, cholesky: cholesky,
                leverage: leverage)
        }
    }

    /// The effects of every arm of `plain` on the outcome; none where there are no covariates to adjust by.
    func estimate(_ experiment: Experiment, outcome index: Int, plain: [AverageEffect]) -> [AdjustedEffect] {
        let width = arms[0].columns.count
        guard width > 1 else { return [] }
        let outcome = experiment.outcomes[index]
        let values = Array(outcome.observed.values[units])
        let fits = arms.map { fit($0, values) }
        return plain.filter { $0.outcome == index }.map { average in
            let (treated, control) = (fits[average.arm], fits[0])
            // The influence of each unit: through its arm's intercept, and through the mean of the covariates.
            let slopes = zip(treated.coefficients, control.coefficients).map { ($0 - $1) / Double(values.count) }
            var influence = [Double](repeating: 0, count: values.count)
            for arm in arms {
                var own = [Double](repeating: 0, count: arm.places.count)
                for (column, slope) in zip(arm.columns.dropFirst(), slopes) {
                    ColumnProducts.add(column, times: slope, to: &own)
                }
                for (place, value) in zip(arm.places, own) { influence[place] = value }
            }
            let terms = outcome.outline.errorTerms(ofArm: average.arm)
            let ratio = terms.controlFactor
            for (fit, arm, factor) in [(treated, arms[average.arm], 1.0), (control, arms[0], -ratio)] {
                for (place, value) in zip(arm.places, fit.influence) { influence[place] += factor * value }
            }
            let variance = experiment.units.variance(ofSum: influence, over: units)
            let scale = outcome.observed.scale
            let effect = scale * (treated.intercept - control.intercept)
            let error = (scale * scale * variance + terms.indexVariance(effect)).squareRoot()
            let fewest = Double(min(arms[average.arm].places.count, arms[0].places.count))
            let freedom =
                outcome.clustering.map { $0.degreesOfFreedom(units: fewest) } ?? fewest - Double(width)
            let reach = StudentT.quantile(0.975, degreesOfFreedom: max(1, freedom)) * error
            let gross = MeanDifference(
                effect: effect, standardError: error, low: effect - reach, high: effect + reach)
            return AdjustedEffect(
                arm: average.arm, outcome: index, method: .regression,
                difference: gross.shifted(by: -outcome.addedCost(ofArm: average.arm)),
                varianceRatio: VarianceRatio.of(gross, average.difference))
        }
    }

    private struct Fit {
        let intercept: Double
        /// Of the design's columns.
        let coefficients: [Double]
        /// On the intercept, by unit of the arm.
        let influence: [Double]
    }

    private func fit(_ arm: Arm, _ values: [Float]) -> Fit {
        let own = arm.places.map { values[$0] }
        let solution = arm.cholesky.solve(arm.weighted.map { ColumnProducts.dot($0, own) })
        var residuals = own.map(Double.init)
        for (column, factor) in zip(arm.columns, solution) {
            ColumnProducts.add(column, times: -factor, to: &residuals)
        }
        let count = Double(own.count)
        let correction = (count / max(1, count - Double(arm.cholesky.rank))).squareRoot()
        let influence = residuals.indices.map {
            correction * Double(arm.weights?[$0] ?? 1) * residuals[$0] * arm.leverage[$0]
        }
        return Fit(intercept: solution[0], coefficients: Array(solution.dropFirst()), influence: influence)
    }
}
