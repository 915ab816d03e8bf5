import Statistics

/// The average effect over the training units of a forest, by doubly robust scores (AIPW; GRF's average treatment effect).
package struct DoublyRobustAverage: Sendable, Equatable, Codable {
    /// Scaled and gross of arm costs.
    package let effect: Double
    package let standardError: Double

    /// Gamma = tau + (W - e)/(e (1 - e)) (Y - m - (W - e) tau), tau and m predicted without the unit.
    ///
    /// - Parameters:
    ///   - effects: tau of the sample's units, in the order of `sample.rows`.
    ///   - outcomeMeans: m by row of the experiment.
    /// - Complexity: O(units).
    init(_ sample: ForestSample, effects: [Float], outcomeMeans: [Float]) {
        var moments = Moments()
        for (row, effect) in zip(sample.rows, effects) {
            let row = Int(row)
            let (share, tau) = (Double(sample.propensity[row]), Double(effect))
            let residual = (sample.treated[row] ? 1 : 0) - share
            let error = Double(sample.outcome[row]) - Double(outcomeMeans[row]) - residual * tau
            moments.add(tau + residual / (share * (1 - share)) * error)
        }
        effect = moments.mean
        standardError = moments.standardError
    }

    package var interval: Interval { Interval(estimate: effect, standardError: standardError) }
}
