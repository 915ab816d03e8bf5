/// Gives one arm to the units that a ranking targets and control to the others: who they are is told by rules kept beside it.
package struct RankingPolicy: Sendable, Hashable, Codable {
    /// `UnitRules.id` of the rules.
    package let rules: String
    /// What the targeted get, from 1.
    package let arm: Int

    package init(rules: String, arm: Int) {
        self.rules = rules
        self.arm = arm
    }

    /// The distributions of units that are left out and of those that are targeted.
    func distributions(armCount: Int) -> [[Double]] {
        [0, arm].map { given in (0..<armCount).map { $0 == given ? 1 : 0 } }
    }
}
