/// Every outcome along one knob, the others held: exact at every grid value (METHODS section 2).
package struct ParameterProfile: Sendable, Equatable {
    package let knob: Knob
    package let grid: [Double]
    /// One point per grid value.
    package let points: [ProfilePoint]

    package init(knob: Knob, grid: [Double], points: [ProfilePoint]) {
        self.knob = knob
        self.grid = grid
        self.points = points
    }

    /// The profile of a knob along its grid, by one pass over the data.
    /// - Parameter grid: ascending values of the knob.
    package init(of knob: Knob, from knobs: PolicyKnobs, grid: [Double], evaluator: PolicyEvaluator) {
        self.knob = knob
        self.grid = grid
        let policies = grid.map { value in
            var turned = knobs
            turned[knob] = value
            return LinearPolicy(turned, in: evaluator.space)
        }
        points = evaluator.moments(along: policies, at: grid)
    }
}

/// The JSON form of a profile.
package struct ProfileDocument: Sendable, Equatable, Codable {
    package struct Curve: Sendable, Equatable, Codable {
        package let name: String
        /// Null where not estimable.
        package let value: [Double?]
        package let standardError: [Double?]
    }

    /// The knob's name, "weight:ctr".
    package let along: String
    package let grid: [Double]
    package let outcomes: [Curve]

    package init(_ profile: ParameterProfile, in space: PolicySpace) {
        along = profile.knob.name(in: space)
        grid = profile.grid
        outcomes = space.outcomes.indices.map { j in
            Curve(
                name: space.outcomes[j].name, value: profile.points.map { $0.outcomes[j]?.value },
                standardError: profile.points.map { $0.outcomes[j]?.standardError })
        }
    }
}
