import Effects
import Experiments
import Statistics

/// How an estimate stands to a limit.
package enum LimitVerdict: String, Sendable, Codable {
    /// The whole interval keeps it.
    case inside
    /// The estimate keeps it, the interval does not.
    case uncertain
    /// The estimate breaks it.
    case outside

    /// The verdict over several limits, nil without any.
    package static func worst(of verdicts: [LimitVerdict?]) -> LimitVerdict? {
        if verdicts.contains(.outside) { return .outside }
        if verdicts.contains(.uncertain) { return .uncertain }
        return verdicts.contains(.inside) ? .inside : nil
    }
}

/// A limit on one outcome: its oriented difference from control, s (V - V0) or s (V - V0)/|V0|, has to be at least so much
/// (METHODS section 2). Whatever asks whether something keeps a limit, how surely or by how much, asks here.
package struct LimitRule: Sendable, Equatable {
    /// Whether the limit is on the relative difference.
    package let isRelative: Bool
    /// The least oriented difference, a share of |V0| where relative, else in the outcome's unit.
    package let least: Double
    /// s.
    package let sign: Double

    /// nil without a threshold.
    package init?(_ threshold: Threshold?, sign: Double) {
        switch threshold {
        case nil: return nil
        case .absolute(let least): (isRelative, self.least) = (false, least)
        case .relative(let least): (isRelative, self.least) = (true, least)
        }
        self.sign = sign
    }

    /// Where the limit lies among differences that are not oriented.
    package var bound: Double { sign * least }

    /// The least oriented difference from a control value, in the outcome's unit: r |V0| where relative. No division, so that it
    /// is one for a control of 0 too.
    package func leastDifference(from control: Double) -> Double { isRelative ? least * abs(control) : least }

    /// Whether a difference keeps the limit.
    /// - Parameters:
    ///   - difference: V - V0, in the outcome's unit.
    ///   - control: V0.
    package func isKept(byDifference difference: Double, from control: Double) -> Bool {
        sign * difference >= leastDifference(from: control)
    }

    /// By how much the difference keeps the limit, s D - r |V0|, negative where it breaks it, with its error
    /// Var(D) - 2 s r sign(V0) Cov(D, V0) + r² Var(V0). Where the sign of V0 is not known, the larger error of both.
    /// - Parameters:
    ///   - difference: D = V - V0, in the outcome's unit.
    ///   - variance: of D; nil where the estimator has none.
    ///   - covariance: of D with V0.
    package func margin(
        difference: Double, variance: Double?, control: Double, controlVariance: Double?, covariance: Double?
    ) -> Estimate {
        let value = sign * difference - leastDifference(from: control)
        guard isRelative else { return Estimate(value: value, standardError: variance.map { max(0, $0).squareRoot() }) }
        guard let variance, let controlVariance, let covariance else {
            return Estimate(value: value, standardError: nil)
        }
        let weight = controlWeight(control, variance: controlVariance, covariance: covariance)
        let joined = variance + 2 * sign * weight * covariance + weight * weight * controlVariance
        return Estimate(value: value, standardError: max(0, joined).squareRoot())
    }

    /// The weight of V0 in the margin s D - r |V0|: -r sign(V0), and 0 for absolute limits. Where the sign of V0 is not known, the
    /// one of both that gives the larger error.
    package func controlWeight(_ control: Double, variance: Double, covariance: Double) -> Double {
        guard isRelative else { return 0 }
        guard abs(control) >= 3 * max(0, variance).squareRoot(), control != 0 else {
            return sign * covariance < 0 ? -abs(least) : abs(least)
        }
        return control > 0 ? -least : least
    }

    /// - Parameters:
    ///   - margin: by how much the limit is kept; without one nothing can be said to keep it.
    ///   - restsOnEnough: whether its interval may be trusted; else it never puts anything inside.
    package func verdict(of margin: Estimate?, restsOnEnough: Bool = true) -> LimitVerdict {
        guard let margin, margin.value >= 0 else { return .outside }
        return restsOnEnough && (margin.low ?? -1) >= 0 ? .inside : .uncertain
    }

    /// How an arm, given to everyone, stands to the limit by its average effect, its interval as printed.
    package func verdict(of average: AverageEffect) -> LimitVerdict {
        let error = average.difference.standardError
        // An arm's mean and control's are of different units: Cov(D, V0) = -Var(V0).
        let baseVariance = average.controlStandardError * average.controlStandardError
        let margin = margin(
            difference: average.difference.effect, variance: error * error, control: average.controlMean,
            controlVariance: baseVariance, covariance: -baseVariance)
        return verdict(
            of: Estimate(
                value: margin.value, standardError: margin.standardError ?? 0, critical: Confidence.namedCritical))
    }

    /// How far, in standard errors, the margin's lower end falls short of 0: 0 inside, nil without an estimate. In the
    /// difference's own unit where the margin has no error.
    package func shortfall(of margin: Estimate?) -> Double? {
        guard let margin else { return nil }
        guard let error = margin.standardError else { return max(0, -margin.value) }
        return Self.standardErrors(-(margin.low ?? margin.value), error)
    }

    /// A distance beyond a limit in standard errors; 0 on the right side of it.
    package static func standardErrors(_ distance: Double, _ standardError: Double) -> Double {
        max(0, distance) / max(standardError, 1e-12)
    }
}

extension OutcomeMoments {
    /// By how much the limit is kept.
    package func margin(_ limit: LimitRule) -> Estimate {
        limit.margin(
            difference: difference, variance: differenceVariance, control: control, controlVariance: controlVariance,
            covariance: differenceControlCovariance)
    }

    /// Never inside by an interval that rests on too few units.
    package func verdict(_ limit: LimitRule) -> LimitVerdict {
        limit.verdict(of: margin(limit), restsOnEnough: restsOnEnough)
    }
}
