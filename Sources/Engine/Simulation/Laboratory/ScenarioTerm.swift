/// One term of a scenario: a number times the product of up to two nodes. Without nodes it is a constant, with the same node
/// twice a square, with two nodes an interaction.
package struct ScenarioTerm: Sendable, Equatable {
    package let coefficient: Double
    /// Indices into the scenario's nodes, ascending; at most two.
    package let factors: [Int]

    init(coefficient: Double, factors: [Int]) {
        precondition(factors.count <= 2)
        self.coefficient = coefficient
        self.factors = factors.sorted()
    }

    /// - Parameter nodes: the values of a unit's nodes.
    func value(_ nodes: [Double]) -> Double {
        var value = coefficient
        for factor in factors { value *= nodes[factor] }
        return value
    }
}

/// The standard deviation of normal noise: a part of its own, and one that grows with the noise level W.
package struct ScenarioNoise: Sendable, Equatable {
    package let fixed: Double
    package let perLevel: Double

    func deviation(at level: Double) -> Double { fixed + perLevel * level }
}
