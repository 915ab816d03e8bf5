import Experiments

/// Whose sums one tree is grown from: an arm and control, one outcome, the group whose outcomes shape the tree, and the group
/// whose units must be enough to estimate its leaves.
struct GrowthSample: Sendable {
    let arm: Int
    let outcome: Int
    let growing: UnitGroup
    /// Nothing of this group but counts is ever asked for. nil for a fold's tree, which has no estimating half.
    let estimating: UnitGroup?

    /// The pair's sums by the bins of covariates in nodes of one level.
    func level(_ nodes: [NodePath], covariates: Int) -> SumsRequest {
        SumsRequest(
            .level(nodes, covariates: Array(0..<covariates)), arms: [0, arm], outcomes: [outcome],
            summed: [growing], counted: estimating.map { [$0] } ?? [])
    }
}
