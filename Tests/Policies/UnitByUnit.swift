import Policies
import Statistics
import Testing

/// The estimators as METHODS section 2 writes them, in Double, one unit after another: what the kernels are held to.
struct UnitByUnit {
    private let estimator: Estimator
    private let arms: [Int]
    /// 1 / e_T.
    private let inverse: [Double]
    /// Net of costs.
    private let y: [Double]
    /// mu_i per arm and unit, net of costs.
    private let mu: [[Double]]
    /// (Y - mu_T) / e_T.
    private let residuals: [Double]

    init(_ synthetic: SyntheticTable, _ estimator: Estimator, outcome j: Int) {
        self.estimator = estimator
        let table = synthetic.table
        let outcome = synthetic.space.outcomes[j]
        let assignment = table.assignment.map { Int($0) }
        arms = assignment
        inverse = synthetic.propensities.map { Double(1 / $0) }
        y = assignment.indices.map { unit in
            let net = synthetic.observed[j][unit] - synthetic.armCosts[assignment[unit]][j]
            return outcome.centre + outcome.scale * Double(net)
        }
        let parts = table.scoreParts(outcome: j)
        mu = (0..<table.armCount).map { arm in
            assignment.indices.map { unit in
                let contrast = arm == 0 ? 0 : parts.contrasts[arm - 1][unit]
                return outcome.centre + outcome.scale * (parts.control[unit] + contrast)
            }
        }
        residuals = parts.residuals.map { outcome.scale * $0 }
    }

    /// Corrections of a higher weight are left out.
    private var limit: Double {
        switch estimator {
        case .switching(let limit): limit
        case .dm: 0
        case .dr, .snips, .ips: .infinity
        }
    }

    /// The terms whose mean is the value, and whose spread its error; SNIPS has influences instead, whose mean is nothing.
    private func terms(_ given: (Int, Int) -> Double) -> [Double] {
        let (value, total) = ratio(given)
        return arms.indices.map { unit in
            let own = given(arms[unit], unit)
            let v = own * inverse[unit]
            switch estimator {
            case .ips: return v * y[unit]
            case .snips: return v * (y[unit] - value) / total
            case .dr, .dm, .switching:
                let model = mu.indices.reduce(0) { $0 + given($1, unit) * mu[$1][unit] }
                return model + (v <= limit ? own * residuals[unit] : 0)
            }
        }
    }

    private func ratio(_ given: (Int, Int) -> Double) -> (value: Double, total: Double) {
        let weights = arms.indices.map { given(arms[$0], $0) * inverse[$0] }
        let total = weights.reduce(0, +)
        return (zip(weights, y).reduce(0) { $0 + $1.0 * $1.1 } / total, total)
    }

    private func estimate(_ terms: [Double], value: Double?) -> (value: Double, error: Double?) {
        let moments = Moments(terms)
        let hasError = inverse.contains { $0 <= limit }
        guard let value else { return (moments.mean, hasError ? moments.standardError : nil) }
        return (value, terms.reduce(0) { $0 + $1 * $1 }.squareRoot())
    }

    /// Holds an evaluation's value and its differences from control and from the best arm to their definitions.
    func check(_ evaluated: OutcomeEvaluation, _ probabilities: ArmProbabilities, bestArm: Int) {
        let given = { (arm: Int, unit: Int) in probabilities.probability(of: arm, unit: unit) }
        let isRatio = estimator == .snips
        let own = terms(given)
        let value = isRatio ? ratio(given).value : nil
        check(evaluated.value, evaluated.standardError, estimate(own, value: value))
        for (arm, difference) in [(0, evaluated.difference), (bestArm, evaluated.againstBestArm)] {
            let everyone = { (other: Int, _: Int) in other == arm ? 1.0 : 0 }
            let paired = zip(own, terms(everyone)).map { $0 - $1 }
            let gain = value.map { $0 - ratio(everyone).value }
            check(difference?.value, difference?.standardError, estimate(paired, value: gain))
        }
    }

    private func check(_ value: Double?, _ error: Double?, _ expected: (value: Double, error: Double?)) {
        guard let value else { return #expect(Bool(false), "not estimable") }
        #expect(abs(value - expected.value) < 1e-6 * max(1, abs(expected.value)), "\(estimator)")
        if let expectedError = expected.error {
            #expect(abs((error ?? .nan) - expectedError) < 1e-6 * max(1, expectedError), "\(estimator)")
        } else {
            #expect(error == nil)
        }
    }
}
