import Experiments
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

    /// The same with the variances given, in place of its own.
    func with(
        value: Double, control: Double, difference: Double, differenceControlCovariance: Double
    ) -> OutcomeMoments {
        OutcomeMoments(
            value: self.value, valueVariance: valueVariance.map { _ in value }, control: self.control,
            controlVariance: controlVariance.map { _ in control }, difference: self.difference,
            differenceVariance: differenceVariance.map { _ in difference },
            differenceControlCovariance: self.differenceControlCovariance.map { _ in differenceControlCovariance },
            restsOnEnough: restsOnEnough)
    }

    /// The moments of a linearised ratio whose R0 is estimated: control's influence g counts D_policy/D_0 times in the difference, and
    /// in V0 as often as the mean denominator is D_0 (METHODS section 0).
    /// - Parameters:
    ///   - mean: D_policy/D_0.
    ///   - tuneVariance: of control's mean over the tune units, which R0 is estimated on; nil where these are the units at hand.
    ///   - holdsTune: whether the units at hand are or hold those.
    func withEstimatedRatio(
        _ denominators: Denominators, mean: Double, tuneVariance: Double?, holdsTune: Bool
    ) -> OutcomeMoments {
        guard let difference = differenceVariance, let control = controlVariance,
            let covariance = differenceControlCovariance
        else { return self }
        let (missing, further) = (1 - mean, denominators.overall - 1)
        let ratio = tuneVariance ?? control
        let shared = holdsTune ? 1.0 : 0
        let spread = difference + 2 * missing * shared * covariance + missing * missing * ratio
        let base = control + 2 * further * shared * control + further * further * ratio
        let joined =
            covariance + shared * (further * covariance + missing * control) + missing * further * ratio
        return with(
            value: spread + 2 * joined + base, control: base, difference: spread, differenceControlCovariance: joined)
    }

    /// The variances raised by the error of an index of surrogates, whose parts control and difference share.
    func widened(by contrast: IndexError.Contrast) -> OutcomeMoments {
        let parts = contrast.parts(difference)
        func product(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
        let (own, base, joined) = (
            product(parts, parts), product(contrast.base, contrast.base), product(parts, contrast.base)
        )
        return with(
            value: (valueVariance ?? 0) + own + 2 * joined + base, control: (controlVariance ?? 0) + base,
            difference: (differenceVariance ?? 0) + own,
            differenceControlCovariance: (differenceControlCovariance ?? 0) + joined)
    }

    /// All variances multiplied.
    func multiplied(by factor: Double) -> OutcomeMoments {
        with(
            value: factor * (valueVariance ?? 0), control: factor * (controlVariance ?? 0),
            difference: factor * (differenceVariance ?? 0),
            differenceControlCovariance: factor * (differenceControlCovariance ?? 0))
    }

    /// The variances raised where too few events show.
    /// - Parameter unit: what the variance of a sum of scaled terms is multiplied by to be that of the estimate.
    func raised(by floor: RareEvents.Floor, unit: Double) -> OutcomeMoments {
        with(
            value: (valueVariance ?? 0) + unit * floor.matched.reduce(0, +),
            control: (controlVariance ?? 0) + unit * floor.whole[0],
            difference: (differenceVariance ?? 0) + unit * floor.added(against: 0),
            differenceControlCovariance: (differenceControlCovariance ?? 0) - unit * floor.unmatched[0])
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
