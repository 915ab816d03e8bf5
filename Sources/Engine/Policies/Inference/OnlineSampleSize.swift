import Statistics

/// Units per arm that an online test needs to tell a policy from control.
package enum OnlineSampleSize {
    /// 2 sigma² (z_{1 - a/2} + z_power)² / delta² for a two-sided test at 5%.
    /// - Parameters:
    ///   - spread: standard deviation of the outcome among units.
    ///   - difference: the effect to be found.
    /// - Returns: nil where there is no effect to be found.
    package static func perArm(spread: Double, difference: Double, power: Double = 0.8) -> Double? {
        guard difference != 0, spread.isFinite, difference.isFinite else { return nil }
        let reach = Confidence.critical + Normal.quantile(power)
        let ratio = spread * reach / difference
        return (2 * ratio * ratio).rounded(.up)
    }
}

extension PolicyTable {
    /// Standard deviation of an outcome, net and scaled, among tune units observed in control.
    package func controlSpread(outcome j: Int) -> Double {
        var moments = Moments()
        let start = (layout.observed + j) * unitCount
        for unit in 0..<tuneCount where assignment[unit] == 0 { moments.add(Double(columns[start + unit])) }
        return moments.standardDeviation
    }
}
