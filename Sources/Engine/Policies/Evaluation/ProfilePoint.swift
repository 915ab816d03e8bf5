/// One point of a profile: who gets what, and every outcome's moments (nil where not estimable).
package struct ProfilePoint: Sendable, Equatable {
    /// Share of units per arm.
    package let shares: [Double]
    package let outcomes: [OutcomeMoments?]

    package init(shares: [Double], outcomes: [OutcomeMoments?]) {
        self.shares = shares
        self.outcomes = outcomes
    }

    /// The verdict over all limits of a space, nil where it has none; what is not estimable keeps no limit.
    package func limits(in space: PolicySpace) -> LimitVerdict? {
        LimitVerdict.worst(
            of: zip(outcomes, space.outcomes).map { moments, outcome in
                outcome.limit.map { moments?.verdict($0) ?? .outside }
            })
    }
}
