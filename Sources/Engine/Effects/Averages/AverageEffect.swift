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
        let terms = outcome.errorTerms(ofArm: arm)
        let gross = MeanDifference(
            treated: treated, control: control, scale: scale, pooledVariance: pooled, terms: terms)
        let net = gross.shifted(by: -outcome.addedCost(ofArm: arm))
        let base =
            StoredValue.destandardised(control.mean, centre: outcome.centre, scale: scale)
            - outcome.cost(ofArm: 0)
        let unit = scale * scale * terms.designEffect
        let baseVariance = unit * control.meanVariance
        // That of a ratio's own R0: the linearised outcome is divided by the mean of all denominators.
        let ratio = outcome.denominators?.overall ?? 1
        let value = base + net.effect
        let indexParts = terms.index?.parts(gross.effect) ?? []
        let indexBase = terms.index?.base ?? []
        self.init(
            arm: arm, outcome: index, controlCount: Int(control.count), armCount: Int(treated.count),
            controlMean: base,
            controlStandardError: (ratio * ratio * baseVariance + Self.squares(indexBase)).squareRoot(),
            armMean: value, difference: net,
            lift: Self.lift(
                net.effect, over: base, variance: unit * treated.meanVariance, baseVariance: baseVariance,
                controlFactor: terms.controlFactor, ratio: ratio, index: indexParts, indexBase: indexBase))
    }

    private static func squares(_ parts: [Double]) -> Double { parts.reduce(0) { $0 + $1 * $1 } }

    /// d((V - V0)/|V0|) = d(V - V0)/|V0| - (V - V0) dV0/(V0 |V0|), where control's mean moves the difference by `controlFactor`
    /// and V0 by `ratio`, both 1 for outcomes that are no ratios. The parts of the error of an index of surrogates, of the difference and
    /// of V0, are the same numbers in both.
    private static func lift(
        _ difference: Double, over base: Double, variance: Double, baseVariance: Double, controlFactor: Double,
        ratio: Double, index: [Double], indexBase: [Double]
    ) -> Lift? {
        guard base != 0,
            abs(base) >= 3 * (ratio * ratio * baseVariance + squares(indexBase)).squareRoot()
        else { return nil }
        let slope = controlFactor + ratio * difference / base
        let further = squares(zip(index, indexBase).map { $0 - difference / base * $1 })
        return Lift(
            value: difference / abs(base),
            standardError: (variance + slope * slope * baseVariance + further).squareRoot() / abs(base))
    }
}
