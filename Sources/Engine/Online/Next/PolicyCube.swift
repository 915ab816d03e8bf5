import Policies

/// The linear policies of a space as places of the unit cube: each weight but the first and each bias but control's runs along
/// its track.
package struct PolicyCube: Sendable {
    package let space: PolicySpace
    private let grids: ParameterGrids
    private let knobs: [Knob]

    package init(_ space: PolicySpace, _ grids: ParameterGrids) {
        self.space = space
        self.grids = grids
        knobs = Knob.all(in: space).filter { if case .shrinkage = $0 { false } else { true } }
    }

    package var dimensions: Int { knobs.count }

    package func knobs(at place: [Double]) -> PolicyKnobs {
        var result = PolicyKnobs.start(in: space)
        for (knob, share) in zip(knobs, place) {
            result[knob] = ParameterGrid.value(at: share, unit: grids.unit(of: knob))
        }
        return result
    }

    package func policy(at place: [Double]) -> LinearPolicy { LinearPolicy(knobs(at: place), in: space) }

    /// Where a policy lies, beyond the cube where its parameters are beyond their tracks; nil where it does not weigh the first
    /// outcome for good.
    package func place(of policy: LinearPolicy) -> [Double]? {
        guard policy.weights[0] > 0 else { return nil }
        let first = policy.weights[0]
        let equal = PolicyKnobs(
            weights: policy.weights.map { $0 / first }, biases: policy.biases.map { $0 / first },
            shrinkage: policy.weights.map { _ in 0 })
        return knobs.map { ParameterGrid.share(of: equal[$0], unit: grids.unit(of: $0)) }
    }
}
