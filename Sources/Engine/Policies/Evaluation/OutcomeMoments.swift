import Statistics

/// Value, difference and their second moments for one outcome, in the outcome's own unit: what every estimator comes
/// down to before intervals and limits are drawn from it.
package struct OutcomeMoments: Sendable, Equatable {
    package let value: Double
    /// Variances are nil where the estimator has none.
    package let valueVariance: Double?
    package let control: Double
    package let controlVariance: Double?
    package let difference: Double
    package let differenceVariance: Double?
    /// Covariance of the difference with the control value.
    package let differenceControlCovariance: Double?
    /// Whether enough units had what the policy gives for the normal interval to be trusted.
    var restsOnEnough = true

    package init(
        value: Double, valueVariance: Double?, control: Double, controlVariance: Double?, difference: Double,
        differenceVariance: Double?, differenceControlCovariance: Double?, restsOnEnough: Bool = true
    ) {
        self.value = value
        self.valueVariance = valueVariance
        self.control = control
        self.controlVariance = controlVariance
        self.difference = difference
        self.differenceVariance = differenceVariance
        self.differenceControlCovariance = differenceControlCovariance
        self.restsOnEnough = restsOnEnough
    }

    package var standardError: Double? { valueVariance.map { max(0, $0).squareRoot() } }

    package var differenceEstimate: Estimate {
        Estimate(value: difference, standardError: differenceVariance.map { max(0, $0).squareRoot() })
    }

    /// (V - V0) / |V0| by the delta method; nil when |V0| < 3 SE(V0).
    package var relativeEstimate: Estimate? {
        guard control != 0 else { return nil }
        guard let controlVariance, let differenceVariance, let covariance = differenceControlCovariance else {
            return Estimate(value: difference / abs(control), standardError: nil)
        }
        guard abs(control) >= 3 * max(0, controlVariance).squareRoot() else { return nil }
        let ratio = difference / abs(control)
        let slope = control > 0 ? ratio : -ratio
        let variance =
            (differenceVariance - 2 * slope * covariance + slope * slope * controlVariance) / (control * control)
        return Estimate(value: ratio, standardError: max(0, variance).squareRoot())
    }
}
