import Statistics

/// The overlap of a policy's matched units with those of the arm it is compared with: sums of v^2, v^2 y and v^2 y^2.
struct Overlap {
    let vv, vvy, vvyy: Double

    static func control(_ sums: PolicySums, outcome j: Int) -> Overlap {
        let outcome = sums.outcome(j)
        return Overlap(vv: sums.vvControl, vvy: outcome.vvyControl, vvyy: outcome.vvyyControl)
    }

    static func baseline(_ sums: PolicySums, outcome j: Int) -> Overlap {
        let outcome = sums.outcome(j)
        return Overlap(vv: sums.vvBaseline, vvy: outcome.vvyBaseline, vvyy: outcome.vvyyBaseline)
    }
}

/// SNIPS: sum(v Y) / sum(v), with the influence-function error that keeps the denominator random.
struct SelfNormalised {
    let policy: PolicySums
    let reference: PolicySums
    let overlap: Overlap
    let outcome: Int
    let centre: Double
    let scale: Double

    /// nil where fewer than two units are matched on either side.
    var moments: OutcomeMoments? {
        guard policy.matched >= 2, reference.matched >= 2, policy.v > 0, reference.v > 0 else { return nil }
        let value = policy.outcome(outcome).vy / policy.v
        let other = reference.outcome(outcome).vy / reference.v
        let variance = Self.variance(policy, outcome: outcome, mean: value)
        let otherVariance = Self.variance(reference, outcome: outcome, mean: other)
        let covariance =
            (overlap.vvyy - (value + other) * overlap.vvy + value * other * overlap.vv) / (policy.v * reference.v)
        let unit = scale * scale
        return OutcomeMoments(
            value: StoredValue.destandardised(value, centre: centre, scale: scale), valueVariance: variance * unit,
            control: StoredValue.destandardised(other, centre: centre, scale: scale),
            controlVariance: otherVariance * unit, difference: scale * (value - other),
            differenceVariance: (variance + otherVariance - 2 * covariance) * unit,
            differenceControlCovariance: (covariance - otherVariance) * unit)
    }

    /// sum (v (Y - V))^2 / (sum v)^2.
    private static func variance(_ sums: PolicySums, outcome: Int, mean: Double) -> Double {
        let group = sums.outcome(outcome)
        return (group.vvyy - 2 * mean * group.vvy + mean * mean * sums.vv) / (sums.v * sums.v)
    }
}

/// IPS: mean(v Y); unlike the others it depends on the origin of Y.
struct InversePropensity {
    let policy: PolicySums
    let reference: PolicySums
    let overlap: Overlap
    let outcome: Int
    let centre: Double
    let scale: Double

    /// nil where fewer than two units are matched on either side.
    var moments: OutcomeMoments? {
        guard policy.matched >= 2, reference.matched >= 2 else { return nil }
        let units = Double(policy.unitCount)
        let freedom = max(1, units - 1)
        let value = mean(policy)
        let other = mean(reference)
        let variance = (square(policy) - units * value * value) / freedom
        let otherVariance = (square(reference) - units * other * other) / freedom
        let shared = square(vv: overlap.vv, vvy: overlap.vvy, vvyy: overlap.vvyy)
        let covariance = (shared - units * value * other) / freedom
        return OutcomeMoments(
            value: value, valueVariance: variance / units, control: other, controlVariance: otherVariance / units,
            difference: value - other, differenceVariance: (variance + otherVariance - 2 * covariance) / units,
            differenceControlCovariance: (covariance - otherVariance) / units)
    }

    private func mean(_ sums: PolicySums) -> Double {
        guard sums.v > 0 else { return 0 }
        let matched = StoredValue.destandardised(sums.outcome(outcome).vy / sums.v, centre: centre, scale: scale)
        return matched * sums.v / Double(sums.unitCount)
    }

    private func square(_ sums: PolicySums) -> Double {
        let group = sums.outcome(outcome)
        return square(vv: sums.vv, vvy: group.vvy, vvyy: group.vvyy)
    }

    /// sum (v Y)^2 in the outcome's own unit.
    private func square(vv: Double, vvy: Double, vvyy: Double) -> Double {
        centre * centre * vv + 2 * centre * scale * vvy + scale * scale * vvyy
    }
}
