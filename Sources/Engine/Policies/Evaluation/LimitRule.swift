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

    /// By how much a difference keeps the limit; negative where it breaks it.
    package func slack(of difference: Double) -> Double { sign * difference - least }

    /// Whether a difference keeps the limit. No limit relative to a control of 0 can be broken.
    /// - Parameters:
    ///   - difference: V - V0, in the outcome's unit.
    ///   - control: V0.
    package func isKept(byDifference difference: Double, from control: Double) -> Bool {
        let oriented = sign * difference
        guard isRelative else { return oriented >= least }
        return control == 0 || oriented / abs(control) >= least
    }

    /// - Parameters:
    ///   - estimate: of the difference that the limit is on; without one nothing can be said to keep the limit.
    ///   - restsOnEnough: whether its interval may be trusted; else it never puts anything inside.
    package func verdict(of estimate: Estimate?, restsOnEnough: Bool = true) -> LimitVerdict {
        guard let estimate, sign * estimate.value >= least else { return .outside }
        guard let low = worseEnd(of: estimate) else { return .uncertain }
        return low >= least && restsOnEnough ? .inside : .uncertain
    }

    /// How an arm, given to everyone, stands to the limit by its average effect, its interval as printed. Where control is too
    /// near 0 for a relative difference, nobody knows.
    package func verdict(of average: AverageEffect) -> LimitVerdict {
        func verdict(_ value: Double, _ error: Double) -> LimitVerdict {
            self.verdict(
                of: Estimate(value: value, standardError: error, critical: Confidence.namedCritical))
        }
        guard isRelative else { return verdict(average.difference.effect, average.difference.standardError) }
        return average.lift.map { verdict($0.value, $0.standardError) } ?? .uncertain
    }

    /// How far, in standard errors, the interval's worse end falls short of the limit: 0 inside, nil without an estimate. In the
    /// difference's own unit where the estimate has no error.
    package func shortfall(of estimate: Estimate?) -> Double? {
        guard let estimate else { return nil }
        let low = worseEnd(of: estimate) ?? sign * estimate.value
        guard let error = estimate.standardError else { return max(0, least - low) }
        return Self.standardErrors(least - low, error)
    }

    /// A distance beyond a limit in standard errors; 0 on the right side of it.
    package static func standardErrors(_ distance: Double, _ standardError: Double) -> Double {
        max(0, distance) / max(standardError, 1e-12)
    }

    /// The end of the interval that is nearer to breaking the limit, oriented.
    private func worseEnd(of estimate: Estimate) -> Double? {
        sign > 0 ? estimate.low : estimate.high.map { -$0 }
    }
}

extension OutcomeMoments {
    /// The estimate of the difference that a limit is on; nil where a relative one is not estimable.
    package func estimate(for limit: LimitRule) -> Estimate? {
        limit.isRelative ? relativeEstimate : differenceEstimate
    }

    /// Never inside by an interval that rests on too few units.
    package func verdict(_ limit: LimitRule) -> LimitVerdict {
        limit.verdict(of: estimate(for: limit), restsOnEnough: restsOnEnough)
    }

    /// By how much the oriented difference keeps a limit, and the variance of that, 0 where it has none; nil where a relative
    /// difference is not estimable.
    package func slack(_ limit: LimitRule) -> (value: Double, variance: Double)? {
        guard limit.isRelative else { return (limit.slack(of: difference), max(0, differenceVariance ?? 0)) }
        guard let relative = relativeEstimate else { return nil }
        let error = relative.standardError ?? 0
        return (limit.slack(of: relative.value), error * error)
    }
}
