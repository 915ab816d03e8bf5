import Statistics

/// With which probability a unit got each arm in rounds of an online test (METHODS 8.1): the policies are drawn by their users'
/// shares, a slice of the units draws from the planned shares instead.
///
///     e_i(x) = (1 - s) sum_k f_k 1[pi_k(x) = i] + s q_i
package struct MixturePropensity: Sendable, Equatable {
    /// Share of the users that each policy has.
    package let shares: [Double]
    /// Share of the units that draw at random.
    package let slice: Double
    /// What those draw from, by arm.
    package let planned: [Double]

    package var armCount: Int { planned.count }

    /// - Parameters:
    ///   - users: of each policy, on any scale.
    ///   - planned: on any scale.
    package init(users: [Double], slice: Double, planned: [Double]) {
        precondition(!users.isEmpty && !planned.isEmpty && (0...1).contains(slice))
        let (total, all) = (users.reduce(0, +), planned.reduce(0, +))
        precondition(total > 0 && all > 0)
        shares = users.map { $0 / total }
        self.slice = slice
        self.planned = planned.map { $0 / all }
    }

    /// The propensities of every arm.
    /// - Parameter arms: what each policy gives the unit.
    package func propensities(_ arms: [Int]) -> [Double] {
        var result = planned.map { slice * $0 }
        for (share, arm) in zip(shares, arms) { result[arm] += (1 - slice) * share }
        return result
    }

    /// Several rounds together, each counting by its users.
    package static func joined(_ rounds: [(propensities: [Double], users: Double)]) -> [Double] {
        let total = rounds.reduce(0) { $0 + $1.users }
        guard let arms = rounds.first?.propensities.count, total > 0 else { return [] }
        return (0..<arms).map { arm in rounds.reduce(0) { $0 + $1.users * $1.propensities[arm] } / total }
    }
}

/// The doubly robust value of a policy from the rows of rounds (METHODS 8.1): every policy is evaluated from every row, also
/// those that never ran.
package struct MixtureValue: Sendable, Equatable {
    package let estimate: Estimate
    /// Share of the units whose arm under the policy could not occur, so that they rest on the model alone.
    package let modelShare: Double

    /// - Parameters:
    ///   - arms: that the policy gives, by unit.
    ///   - observed: arms and outcomes that were seen.
    ///   - models: mu of every arm, by unit.
    ///   - propensities: of every arm, by unit.
    package init(
        arms: [Int], observed: (arms: [Int], outcomes: [Double]), models: [[Double]], propensities: [[Double]]
    ) {
        precondition(arms.count == observed.arms.count && arms.count == models.count)
        var moments = Moments()
        var unseen = 0
        for unit in arms.indices {
            let arm = arms[unit]
            var score = models[unit][arm]
            if propensities[unit][arm] <= 0 {
                unseen += 1
            } else if observed.arms[unit] == arm {
                score += (observed.outcomes[unit] - score) / propensities[unit][arm]
            }
            moments.add(score)
        }
        let count = Double(max(1, arms.count))
        estimate = Estimate(value: moments.mean, standardError: moments.standardDeviation / count.squareRoot())
        modelShare = Double(unseen) / count
    }
}
