import Statistics

/// Units per arm that an online test needs to tell a policy from control.
package enum OnlineSampleSize {
    /// Beyond it a size is an artefact of a difference near 0, no plan.
    package static let largest = 1e7

    /// 2 sigma² (z_{1 - a/2} + z_power)² / delta² for a two-sided test at 5%.
    /// - Parameters:
    ///   - spread: standard deviation of the outcome among units.
    ///   - difference: the effect to be found.
    /// - Returns: nil where there is no effect to be found, or none that `largest` units an arm would show.
    package static func perArm(spread: Double, difference: Double, power: Double = 0.8) -> Double? {
        guard difference != 0, spread.isFinite, difference.isFinite else { return nil }
        let reach = Confidence.critical + Normal.quantile(power)
        let ratio = spread * reach / difference
        let size = (2 * ratio * ratio).rounded(.up)
        return size <= largest ? size : nil
    }
}

extension PolicyTable {
    /// Standard deviation of an outcome, net and scaled, among tune units observed in control.
    package func controlSpread(outcome j: Int) -> Double {
        if let cells { return controlSpread(outcome: j, cells) }
        var moments = Moments()
        let start = (layout.observed + j) * columnStride
        for unit in 0..<tuneCount where assignment[unit] == 0 { moments.add(Double(columns[start + unit])) }
        return moments.standardDeviation
    }

    private func controlSpread(outcome j: Int, _ cells: PolicyCells) -> Double {
        var (count, sum, squares) = (0.0, 0.0, 0.0)
        for row in 0..<tuneCount {
            count += cells.counts[row * armCount]
            sum += cells.observed[row * armCount * outcomeCount + j]
            squares += cells.observedSquares[row * armCount * outcomeCount + j]
        }
        return count > 1 ? (max(0, squares - sum * sum / count) / (count - 1)).squareRoot() : 0
    }
}
