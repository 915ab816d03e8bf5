import Policies
import Statistics

/// How much of estimated effects came true among units whose arms were drawn at random: the slope of their outcomes on the effect
/// of the arm that each got (Chernozhukov et al. 2018, the best linear predictor).
package enum CalibrationSlope {
    /// - Parameters:
    ///   - arms: those observed.
    ///   - effects: of every arm but control, one column each.
    ///   - outcome: in the unit of the effects.
    /// - Returns: nil where effects do not vary or there are too few units.
    package static func of(
        _ name: String, arms: [UInt8], effects: [[Float]], outcome: [Double]
    ) -> LaunchEntry.Calibration? {
        let count = arms.count
        guard count > 10 * (2 * effects.count + 2) else { return nil }
        let means = effects.map { $0.reduce(0) { $0 + Double($1) } / Double(count) }
        let shares = effects.indices.map { arm in Double(arms.count { Int($0) == arm + 1 }) / Double(count) }
        let varying = effects.indices.filter { index in
            effects[index].contains { abs(Double($0) - means[index]) > 1e-9 } && shares[index] > 0
        }
        guard !varying.isEmpty else { return nil }
        let present = effects.indices.filter { shares[$0] > 0 }
        let design = DenseMatrix(rowCount: count, columnCount: 2 + present.count + varying.count) { unit, column in
            switch column {
            case 0: return 1
            case 1:
                return varying.reduce(0) { sum, index in
                    let given = Int(arms[unit]) == index + 1 ? 1.0 : 0
                    return sum + (given - shares[index]) * (Double(effects[index][unit]) - means[index])
                }
            case ..<(2 + present.count): return Int(arms[unit]) == present[column - 2] + 1 ? 1 : 0
            default: return Double(effects[varying[column - 2 - present.count]][unit])
            }
        }
        guard let fit = LinearRegression(design, outcome) else { return nil }
        return LaunchEntry.Calibration(outcome: name, slope: fit.coefficients[1], standardError: fit.standardError(1))
    }
}
