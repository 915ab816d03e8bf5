/// Policies along a line, before division by |w'_0|: those at position s have weights and biases start + s direction, so every
/// unit's utilities are lines in s (METHODS section 2, exact profile).
package struct PolicyLine: Sendable, Equatable {
    package let weights: [Double]
    package let biases: [Double]
    package let weightDirection: [Double]
    package let biasDirection: [Double]

    /// At position s the policy is (weights + s weightDirection, biases + s biasDirection).
    package init(weights: [Double], biases: [Double], weightDirection: [Double], biasDirection: [Double]) {
        self.weights = weights
        self.biases = biases
        self.weightDirection = weightDirection
        self.biasDirection = biasDirection
    }

    /// The line of one knob, the others held; the position is the knob's value.
    package init(of knob: Knob, from knobs: PolicyKnobs, in space: PolicySpace) {
        func image(_ value: Double) -> UnscaledPolicy {
            var turned = knobs
            turned[knob] = value
            return UnscaledPolicy(turned, in: space)
        }
        // (w', b') before division is linear in every knob, so two values give the whole line.
        let zero = image(0)
        let one = image(1)
        self.init(
            weights: zero.weights, biases: zero.biases,
            weightDirection: zip(one.weights, zero.weights).map { $0 - $1 },
            biasDirection: zip(one.biases, zero.biases).map { $0 - $1 })
    }
}
