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

    package init(
        arm: Int, outcome: Int, controlCount: Int, armCount: Int, controlMean: Double, controlStandardError: Double,
        armMean: Double, difference: MeanDifference, lift: Lift?
    ) {
        self.arm = arm
        self.outcome = outcome
        self.controlCount = controlCount
        self.armCount = armCount
        self.controlMean = controlMean
        self.controlStandardError = controlStandardError
        self.armMean = armMean
        self.difference = difference
        self.lift = lift
    }

    /// A relative change with its delta-method standard error.
    package struct Lift: Sendable, Equatable, Codable {
        package let value: Double
        package let standardError: Double

        package init(value: Double, standardError: Double) {
            self.value = value
            self.standardError = standardError
        }
    }

    /// Whether both arms had the two units that an interval needs; without them the difference says nothing.
    package var isEstimable: Bool { controlCount > 1 && armCount > 1 }
}

extension AverageEffect {
    /// What the effects in a group of units are estimated from: one cell, all arms and outcomes.
    package static func request(_ outline: ExperimentOutline, over group: UnitGroup) -> SumsRequest {
        SumsRequest(
            .crossing([]), arms: Array(0..<outline.armCount), outcomes: Array(outline.outcomes.indices),
            summed: [group])
    }

    /// The effects of every arm on every outcome, at (arm - 1) * outcomes + outcome.
    /// - Parameter answer: to `request`.
    package static func estimate(_ outline: ExperimentOutline, from answer: SumsAnswer) -> [AverageEffect] {
        (1..<max(1, outline.armCount)).flatMap { arm in
            outline.outcomes.indices.map { index in
                AverageEffect(
                    arm: arm, outcome: index, of: outline.outcomes[index],
                    treated: answer.sums(cell: 0, arm: arm, outcome: index),
                    control: answer.sums(cell: 0, arm: 0, outcome: index))
            }
        }
    }

    private init(arm: Int, outcome index: Int, of outcome: OutcomeOutline, treated: ArmSums, control: ArmSums) {
        let scale = outcome.scale
        let pooled = max(treated.variance, control.variance)
        let gross = MeanDifference(treated: treated, control: control, scale: scale, pooledVariance: pooled)
        let net = gross.shifted(by: -outcome.addedCost(ofArm: arm))
        let base =
            StoredValue.destandardised(control.mean, centre: outcome.centre, scale: scale)
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
}
