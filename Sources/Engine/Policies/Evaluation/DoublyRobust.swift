import Statistics

/// Sum and sum of squares of Gamma_0 over a split, one outcome, scaled.
struct ControlScoreSums: Sendable, Equatable {
    let sum: Double
    let squares: Double

    /// The variance of the mean of so many scores.
    func variance(of count: Int) -> Double {
        let units = Double(count)
        guard units > 1 else { return 0 }
        return max(0, squares - sum * sum / units) / (units - 1) / units
    }
}

/// DR, SWITCH-DR and the direct method, from sums of d = Gamma_k - Gamma_0 and g = Gamma_0.
struct DoublyRobust {
    let sums: OutcomeSums
    let units: Double
    let control: ControlScoreSums
    let centre: Double
    let scale: Double
    /// The direct method has no error of its own.
    let hasError: Bool

    private var freedom: Double { max(1, units - 1) }

    var moments: OutcomeMoments {
        let meanD = sums.d / units
        let meanG = control.sum / units
        let varianceD = (sums.dd - units * meanD * meanD) / freedom
        let varianceG = (control.squares - units * meanG * meanG) / freedom
        let covariance = (sums.dg - units * meanD * meanG) / freedom
        let unit = scale * scale / units
        return OutcomeMoments(
            value: StoredValue.destandardised(meanG + meanD, centre: centre, scale: scale),
            valueVariance: hasError ? (varianceG + 2 * covariance + varianceD) * unit : nil,
            control: StoredValue.destandardised(meanG, centre: centre, scale: scale),
            controlVariance: hasError ? varianceG * unit : nil,
            difference: scale * meanD, differenceVariance: hasError ? varianceD * unit : nil,
            differenceControlCovariance: hasError ? covariance * unit : nil)
    }

    /// The paired difference from a single arm; `arm` holds that arm's own sums and `sums.db` the cross-products.
    func against(_ arm: OutcomeSums) -> (value: Double, variance: Double?) {
        let mean = (sums.d - arm.d) / units
        let variance = (sums.dd + arm.dd - 2 * sums.db - units * mean * mean) / freedom
        return (scale * mean, hasError ? scale * scale * max(0, variance) / units : nil)
    }
}
