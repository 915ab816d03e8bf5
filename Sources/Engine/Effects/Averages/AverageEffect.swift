import Experiments
import Statistics

/// The average effect of one arm on one outcome over a range of units, net of arm costs, in the outcome's own unit.
///
/// Means are weighted by 1/e where propensities vary by unit (Hajek; influence-function standard errors) and plain
/// otherwise (Welch).
package struct AverageEffect: Sendable, Equatable, Codable {
    /// Index into the experiment's arms, at least 1.
    package let arm: Int
    /// Index into the experiment's outcomes.
    package let outcome: Int
    package let controlCount: Int
    package let armCount: Int
    package let controlMean: Double
    package let controlStandardError: Double
    package let armMean: Double
    package let difference: MeanDifference
    /// (V - V0)/|V0|; nil when |V0| < 3 SE(V0).
    package let lift: Lift?

    /// A relative change with its delta-method standard error.
    package struct Lift: Sendable, Equatable, Codable {
        package let value: Double
        package let standardError: Double
    }

    /// Whether both arms had the two units that an interval needs; without them the difference says nothing.
    package var isEstimable: Bool { controlCount > 1 && armCount > 1 }
}

extension AverageEffect {
    /// The effects of every arm on every outcome, at (arm - 1) * outcomes + outcome.
    ///
    /// - Parameters:
    ///   - units: `experiment.tune`, `experiment.confirm` or all. What feeds a policy comes from tune (METHODS section 0).
    /// - Complexity: O(units x outcomes).
    package static func estimate(_ experiment: Experiment, over units: Range<Int>) -> [AverageEffect] {
        let sums = experiment.outcomes.map { armSums($0.observed.values, experiment, units) }
        return (1..<max(1, experiment.arms.count)).flatMap { arm in
            experiment.outcomes.indices.map { index in
                AverageEffect(
                    arm: arm, outcome: index, of: experiment.outcomes[index], treated: sums[index][arm],
                    control: sums[index][0])
            }
        }
    }

    private init(arm: Int, outcome index: Int, of outcome: Outcome, treated: ArmSums, control: ArmSums) {
        let scale = outcome.observed.scale
        let pooled = max(treated.variance, control.variance)
        let gross = MeanDifference(treated: treated, control: control, scale: scale, pooledVariance: pooled)
        let net = gross.shifted(by: -outcome.addedCost(ofArm: arm))
        let base =
            StoredValue.destandardised(control.mean, centre: outcome.observed.centre, scale: scale)
            - outcome.cost(ofArm: 0)
        let baseVariance = scale * scale * control.meanVariance
        let value = base + net.effect
        self.init(
            arm: arm, outcome: index, controlCount: Int(control.count), armCount: Int(treated.count),
            controlMean: base, controlStandardError: baseVariance.squareRoot(), armMean: value, difference: net,
            lift: Self.lift(
                net.effect, over: base, variance: scale * scale * treated.meanVariance, baseVariance: baseVariance))
    }

    /// d((V - V0)/|V0|) = dV/|V0| - V dV0/(V0 |V0|).
    private static func lift(
        _ difference: Double, over base: Double, variance: Double, baseVariance: Double
    ) -> Lift? {
        guard base != 0, abs(base) >= 3 * baseVariance.squareRoot() else { return nil }
        let ratio = (base + difference) / base
        return Lift(
            value: difference / abs(base),
            standardError: (variance + ratio * ratio * baseVariance).squareRoot() / abs(base))
    }

    /// Sums by arm of the scaled outcome.
    static func armSums(_ values: [Float], _ experiment: Experiment, _ units: Range<Int>) -> [ArmSums] {
        var sums = Array(repeating: ArmSums(), count: experiment.arms.count)
        let assignment = experiment.assignment
        guard case .columns(let propensities) = experiment.propensity else {
            var (counts, totals, squares) = (sums.map { _ in 0.0 }, sums.map { _ in 0.0 }, sums.map { _ in 0.0 })
            for unit in units {
                let arm = Int(assignment[unit])
                let value = Double(values[unit])
                counts[arm] += 1
                totals[arm] += value
                squares[arm] += value * value
            }
            return counts.indices.map { ArmSums(count: counts[$0], value: totals[$0], square: squares[$0]) }
        }
        for unit in units {
            let arm = Int(assignment[unit])
            let value = Double(values[unit])
            let weight = 1 / Double(propensities[arm][unit])
            let square = weight * weight
            sums[arm].count += 1
            sums[arm].weight += weight
            sums[arm].weightedValue += weight * value
            sums[arm].squaredWeight += square
            sums[arm].squaredWeightValue += square * value
            sums[arm].squaredWeightSquare += square * value * value
        }
        return sums
    }
}
