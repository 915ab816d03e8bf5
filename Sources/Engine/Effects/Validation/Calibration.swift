import Statistics

/// The slope of Gamma_i - Gamma_0 on tau inside folds: 1 is calibrated, below 1 overstates differences between units,
/// 0 or less knows nothing of them.
///
/// One regression with an intercept for each fold: folds count by the spread of their predictions. The robust error treats the fold
/// models as given; whether there is anything to calibrate is decided by `HeterogeneityTest`.
enum Calibration {
    /// - Parameters: `effects` and `scores`: one array per fold.
    /// - Returns: nil where no fold's predictions vary.
    static func slope(effects: [[Float]], scores: [[Double]]) -> Measure? {
        var (weight, sum, variance) = (0.0, 0.0, 0.0)
        for (own, scores) in zip(effects, scores) {
            guard let line = SimpleRegression(x: own.map(Double.init), y: scores) else { continue }
            weight += line.spread
            sum += line.spread * line.slope
            let part = line.spread * line.slopeError
            variance += part * part
        }
        guard weight > 0 else { return nil }
        return Measure(value: sum / weight, standardError: variance.squareRoot() / weight)
    }
}
