/// What was seen at one place of the unit cube.
package struct Observation: Sendable, Equatable, Codable {
    /// In [0, 1], one per dimension.
    package let parameters: [Double]
    /// Oriented: more is better.
    package let objectives: [NoisyValue]
    /// By how much each constraint is kept: at least 0 where it is.
    package let constraints: [NoisyValue]

    package init(parameters: [Double], objectives: [NoisyValue], constraints: [NoisyValue] = []) {
        self.parameters = parameters
        self.objectives = objectives
        self.constraints = constraints
    }

    package var values: [Double] { objectives.map(\.value) }

    /// How far the measured constraints are broken, summed; each in units of its error where that is known.
    package var violation: Double {
        constraints.reduce(0) { sum, constraint in
            let unit = constraint.variance > 0 ? constraint.variance.squareRoot() : 1
            return sum + max(0, -constraint.value / unit)
        }
    }
}
