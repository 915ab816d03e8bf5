import Experiments

/// Whose sums one tree is grown from: an arm and control and one outcome, or all of them; the group whose outcomes shape the
/// tree, and the group whose units must be enough to estimate its leaves.
struct GrowthSample: Sendable {
    /// Control first.
    let arms: [Int]
    let outcomes: [Int]
    let growing: UnitGroup
    /// Nothing of this group but counts is ever asked for. nil for a fold's tree, which has no estimating half.
    let estimating: UnitGroup?

    /// The sums by the bins of covariates in nodes of one level.
    func level(_ nodes: [NodePath], covariates: Int) -> SumsRequest {
        SumsRequest(
            .level(nodes, covariates: Array(0..<covariates)), arms: arms, outcomes: outcomes,
            summed: [growing], counted: estimating.map { [$0] } ?? [])
    }
}
