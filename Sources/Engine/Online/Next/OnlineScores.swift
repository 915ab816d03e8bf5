import Policies
import Runtime
import Statistics

/// Doubly robust scores of the units of all rounds, by the propensities that their plans gave them: what every policy would
/// have brought online, also one that never ran (METHODS 8.1).
package struct OnlineScores: Sendable {
    package let effects: EffectColumns
    package let scores: ArmScores

    package init(_ effects: EffectColumns, _ scores: ArmScores) {
        precondition(effects.unitCount == scores.unitCount && effects.space.armCount == scores.armCount)
        self.effects = effects
        self.scores = scores
    }

    /// The outcomes under a policy, in their own units.
    package func values(_ policy: LinearPolicy) -> [Double] { scores.values(effects.arms(policy)) }

    /// Covariance of policies' differences from control, policies x outcomes each way.
    package func covariance(of policies: [LinearPolicy], workers: Workers) throws -> DenseMatrix {
        try scores.covariance(
            of: policies.map(effects.arms), from: Array(repeating: 0, count: effects.unitCount), workers: workers)
    }

    /// Differences from the policy that gives everyone control, and the share of the units that rest on the models alone.
    package func differences(_ policy: LinearPolicy) -> (estimates: [Estimate], modelShare: Double) {
        let arms = effects.arms(policy)
        let control = [UInt8](repeating: 0, count: arms.count)
        return (scores.differences(arms, from: control), scores.modelShare(arms))
    }
}
