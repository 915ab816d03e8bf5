import CKernels

/// The canonical image of the knobs, (w', b'): what is evaluated, compared and exported (S1 eq. 1).
///
/// A unit gets the arm with the highest b'_i + sum_j w'_j s_j tau_ij(x); ties go to the lower index, control first.
package struct LinearPolicy: Sendable, Equatable, Hashable, Codable {
    /// w'_j, one per outcome, on oriented effects; |w'_0| is 1 unless it is 0.
    package let weights: [Double]
    /// b'_i, one per arm; control's is 0.
    package let biases: [Double]

    package init(weights: [Double], biases: [Double]) {
        self.weights = weights
        self.biases = biases
    }

    /// w'_j = w_j (1 - alpha_j), b'_i = b_i + sum_j w_j alpha_j s_j ATE_ij, divided by |w'_0| unless that is 0
    /// (S1 eq. 2 and appendix A.1).
    package init(_ knobs: PolicyKnobs, in space: PolicySpace) {
        let line = UnscaledPolicy(knobs, in: space)
        let divisor = line.weights[0] == 0 ? 1 : abs(line.weights[0])
        weights = line.weights.map { $0 / divisor }
        biases = line.biases.map { $0 / divisor }
    }

    /// The policy that gives everyone one arm whatever the effects are.
    package static func everyone(arm: Int, in space: PolicySpace) -> LinearPolicy {
        var biases = [Double](repeating: -1, count: space.armCount)
        biases[0] = 0
        if arm > 0 { biases[arm] = 1 }
        return LinearPolicy(weights: Array(repeating: 0, count: space.outcomeCount), biases: biases)
    }

    /// What an effect on an outcome counts for in utilities: w'_j s_j tau_j, in units of the first outcome.
    package func worth(of effect: Double, on outcome: Int, in space: PolicySpace) -> Double {
        weights[outcome] * space.outcomes[outcome].sign * effect
    }

    /// Multipliers of the stored (scaled) effects, one per outcome.
    package func slopes(in space: PolicySpace) -> [Double] {
        zip(weights, space.outcomes).map { $0 * $1.sign * $1.scale }
    }
}

/// (w', b') before division: linear in every knob, so that turning one knob moves along a line.
struct UnscaledPolicy {
    let weights: [Double]
    let biases: [Double]

    init(_ knobs: PolicyKnobs, in space: PolicySpace) {
        weights = zip(knobs.weights, knobs.shrinkage).map { $0 * (1 - $1) }
        biases = space.arms.indices.map { arm in
            var bias = knobs.biases[arm]
            for (j, outcome) in space.outcomes.enumerated() {
                bias += knobs.weights[j] * knobs.shrinkage[j] * outcome.sign * space.averageEffects[arm][j]
            }
            return bias
        }
    }
}
