/// What each unit would lose, by the policy's own utility, if it got another arm than the policy's: u_k(x) - u_i(x), 0 for the
/// policy's arm (S1 eq. 1). In units of the first outcome.
package struct RegretTable: Sendable {
    package let armCount: Int
    /// The policy's arm of each unit.
    package let choice: [UInt8]
    /// units x arms, unit by unit.
    package let regrets: [Float]

    package var unitCount: Int { choice.count }

    /// - Parameters:
    ///   - choice: the policy's arms.
    ///   - regrets: units x arms, at least 0.
    package init(armCount: Int, choice: [UInt8], regrets: [Float]) {
        precondition(regrets.count == armCount * choice.count)
        self.armCount = armCount
        self.choice = choice
        self.regrets = regrets
    }

    /// The regrets of a policy on an evaluator's split.
    /// - Complexity: O(units x arms x outcomes).
    package init(of policy: LinearPolicy, evaluator: PolicyEvaluator) {
        let table = evaluator.table
        let arms = table.armCount
        let slopes = policy.slopes(in: evaluator.space)
        let choice = evaluator.choice(of: policy)
        var utilities = [Double](repeating: 0, count: arms * choice.count)
        for arm in 0..<arms {
            for place in choice.indices { utilities[place * arms + arm] = policy.biases[arm] }
            guard arm > 0 else { continue }
            for j in slopes.indices where slopes[j] != 0 {
                let column = table.effects(arm: arm, outcome: j)
                let start = column.startIndex + evaluator.units.lowerBound
                for place in choice.indices {
                    utilities[place * arms + arm] += slopes[j] * Double(column[start + place])
                }
            }
        }
        var regrets = [Float](repeating: 0, count: utilities.count)
        for place in choice.indices {
            let best = utilities[place * arms + Int(choice[place])]
            for arm in 0..<arms { regrets[place * arms + arm] = Float(max(0, best - utilities[place * arms + arm])) }
        }
        self.init(armCount: arms, choice: choice, regrets: regrets)
    }

    /// The regrets of a policy on an evaluator's split. One by cohorts has no utilities: every arm but the one that the unit
    /// gets loses 1.
    /// - Throws: `EspalierError` (.data) where nothing is known of its cohorts.
    package init(of policy: Policy, evaluator: PolicyEvaluator) throws {
        if let linear = policy.linear {
            self.init(of: linear, evaluator: evaluator)
            return
        }
        let choice = try evaluator.choice(of: policy)
        let arms = evaluator.table.armCount
        self.init(
            armCount: arms, choice: choice,
            regrets: choice.flatMap { own in (0..<arms).map { $0 == Int(own) ? 0 : 1 } })
    }

    /// What a unit stands to lose at least by another arm: its weight when the tree is grown.
    func weight(_ place: Int) -> Double {
        let own = Int(choice[place])
        var least = Float.infinity
        for arm in 0..<armCount where arm != own { least = min(least, regrets[place * armCount + arm]) }
        return least.isFinite ? Double(least) : 0
    }
}
