import Experiments

/// Controlled experiments using pre-experiment data (Deng, Xu, Kohavi & Walker 2013): y - theta (x - mean x), with x the
/// outcome's value before exposure and one theta for all arms, so that the expected difference is that of y whatever theta is.
enum CUPED {
    static func estimate(
        _ experiment: Experiment, outcome index: Int, over units: Range<Int>, plain: [AverageEffect]
    ) -> [AdjustedEffect] {
        let outcome = experiment.outcomes[index]
        guard let before = outcome.preperiod?.values,
            let theta = coefficient(outcome.observed.values, on: before, experiment, units)
        else { return [] }
        var adjusted = outcome.observed.values
        for unit in units { adjusted[unit] -= theta * before[unit] }
        let terms = OutcomeOutline(
            centre: outcome.observed.centre, scale: outcome.observed.scale, armCosts: outcome.armCosts,
            clustering: experiment.clustering(of: adjusted, over: units), denominators: outcome.denominators,
            indexError: outcome.indexError)
        return estimate(
            terms, outcome: index, from: AverageEffect.armSums(adjusted, experiment, units), plain: plain)
    }

    /// - Parameters:
    ///   - sums: of y - theta x by arm.
    ///   - plain: of the arms that vary.
    static func estimate(
        _ outcome: OutcomeOutline, outcome index: Int, from sums: [ArmSums], plain: [AverageEffect]
    ) -> [AdjustedEffect] {
        plain.filter { $0.outcome == index }.map { average in
            let (treated, control) = (sums[average.arm], sums[0])
            let gross = MeanDifference(
                treated: treated, control: control, scale: outcome.scale,
                pooledVariance: max(treated.variance, control.variance), terms: outcome.errorTerms(ofArm: average.arm))
            return AdjustedEffect(
                arm: average.arm, outcome: index, method: .cuped,
                difference: gross.shifted(by: -outcome.addedCost(ofArm: average.arm)),
                varianceRatio: VarianceRatio.of(gross, average.difference))
        }
    }

    /// The slope of y on x within arms, pooled: weighted by 1/e where propensities vary by unit.
    /// - Returns: nil where x does not vary within any arm.
    private static func coefficient(
        _ y: [Float], on x: [Float], _ experiment: Experiment, _ units: Range<Int>
    ) -> Float? {
        let arms = experiment.arms.count
        var (weight, meanX, meanY) = (
            [Double](repeating: 0, count: arms), [Double](repeating: 0, count: arms),
            [
                Double
            ](repeating: 0, count: arms)
        )
        var (products, squares) = (0.0, 0.0)
        for unit in units {
            let arm = Int(experiment.assignment[unit])
            var w = 1.0
            if case .columns(let columns) = experiment.propensity { w = 1 / Double(columns[arm][unit]) }
            let (a, b) = (Double(x[unit]), Double(y[unit]))
            weight[arm] += w
            let share = w / weight[arm]
            let (deltaX, deltaY) = (a - meanX[arm], b - meanY[arm])
            meanX[arm] += share * deltaX
            meanY[arm] += share * deltaY
            squares += w * deltaX * (a - meanX[arm])
            products += w * deltaX * (b - meanY[arm])
        }
        return squares > 0 ? Float(products / squares) : nil
    }
}
