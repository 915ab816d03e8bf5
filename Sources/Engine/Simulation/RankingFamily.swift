import Foundation
import Statistics

/// Experiments with value, cost and known effects for judging rankers (METHODS section 6): ten covariates N(0,1), a fair
/// coin for the arm, baselines x3 and x4, effects spl(x0 + x1/2) on value and spl(x2 - x0/2) on cost, spl(z) = log(1 + e^z), and
/// noise of standard deviation 2; each family changes one thing.
package enum RankingFamily: String, Sendable, CaseIterable {
    case base
    case noisyValue = "noisy value"
    case noisyCost = "noisy cost"
    case nonlinearBaseline = "nonlinear baseline"
    case linearIndex = "linear index"
    case flatCost = "flat cost"
    case costNearZero = "cost near 0"
    case binary

    /// Some units of a family, with the effects that no experiment sees.
    package struct Units: Sendable {
        package let features: DenseMatrix
        package let treated: [Bool]
        package let value: [Double]
        package let cost: [Double]
        package let valueEffects: [Double]
        package let costEffects: [Double]
    }

    package static let featureCount = 10

    package func draw(units: Int, from stream: inout RandomStream) -> Units {
        let features = DenseMatrix(rowCount: units, columnCount: Self.featureCount) { _, _ in stream.normal() }
        var treated: [Bool] = []
        var value: [Double] = []
        var cost: [Double] = []
        var valueEffects: [Double] = []
        var costEffects: [Double] = []
        for unit in 0..<units {
            let x = (0..<Self.featureCount).map { features[unit, $0] }
            let arm = stream.bernoulli(0.5)
            let (control, withArm) = (means(x, treated: false), means(x, treated: true))
            let own = arm ? withArm : control
            treated.append(arm)
            value.append(observe(own.value, noise.value, &stream))
            cost.append(observe(own.cost, noise.cost, &stream))
            valueEffects.append(withArm.value - control.value)
            costEffects.append(withArm.cost - control.cost)
        }
        return Units(
            features: features, treated: treated, value: value, cost: cost, valueEffects: valueEffects,
            costEffects: costEffects)
    }

    private var noise: (value: Double, cost: Double) {
        switch self {
        case .noisyValue: (8, 0.3)
        case .noisyCost: (0.3, 8)
        default: (2, 2)
        }
    }

    private func observe(_ mean: Double, _ noise: Double, _ stream: inout RandomStream) -> Double {
        self == .binary ? (stream.bernoulli(mean) ? 1 : 0) : mean + noise * stream.normal()
    }

    /// Means of value and cost, probabilities in the binary family.
    private func means(_ x: [Double], treated: Bool) -> (value: Double, cost: Double) {
        let w: Double = treated ? 1 : 0
        if self == .binary {
            return (
                Self.logistic(-2.8 + 0.4 * x[3] + w * (0.5 + x[0] / 2 + x[1] / 4)),
                Self.logistic(-1.5 + 0.4 * x[4] + w * (0.5 + 0.3 * (x[2] - x[0] / 2)))
            )
        }
        let effects = effects(x)
        let baselines =
            self == .nonlinearBaseline
            ? (4 * sin(2 * x[3]) + 2 * x[4] * x[4], 4 * cos(2 * x[5]) + 2 * x[6] * x[6]) : (x[3], x[4])
        return (baselines.0 + w * effects.value, baselines.1 + w * effects.cost)
    }

    private func effects(_ x: [Double]) -> (value: Double, cost: Double) {
        let value = Self.softplus(x[0] + x[1] / 2)
        let index = x[2] - x[0] / 2
        switch self {
        case .linearIndex:
            let size = min(8, exp(1.2 * sin(2 * x[5]) + 0.8 * (x[6] * x[6] - 1)))
            return (0.7 * size * max(0.1, 1 + x[0] / 2 - x[1] / 2), 0.7 * size)
        case .flatCost: return (value, 0.8)
        case .costNearZero: return (value, 0.5 * Self.softplus(2 * index - 1))
        default: return (value, Self.softplus(index))
        }
    }

    private static func softplus(_ z: Double) -> Double { max(z, 0) + log1p(exp(-abs(z))) }
    private static func logistic(_ z: Double) -> Double { 1 / (1 + exp(-z)) }
}
