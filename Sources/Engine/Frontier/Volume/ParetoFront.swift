import Policies

/// A policy found, with its oriented outcomes s_j V_j on tune.
package struct FrontPoint: Sendable, Equatable, Codable {
    package let knobs: PolicyKnobs
    package let values: [Double]

    package init(knobs: PolicyKnobs, values: [Double]) {
        self.knobs = knobs
        self.values = values
    }
}

/// Policies of which none dominates another, and the volume they attain above the reference point.
package struct ParetoFront: Sendable, Equatable, Codable {
    /// Oriented.
    package let reference: [Double]
    package let hypervolume: Double
    /// By descending first outcome.
    package let points: [FrontPoint]

    /// Keeps the non-dominated of the points that are given.
    package init(_ points: [FrontPoint], reference: [Double]) {
        let front = Dominance.front(points.map(\.values)).map { points[$0] }
        self.reference = reference
        self.points = front.sorted { $0.values[0] > $1.values[0] }
        hypervolume = Hypervolume.approximate(front.map(\.values), reference: reference)
    }
}
