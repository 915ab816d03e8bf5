import Frontier
import Policies

/// JSON of `front`.
package struct FrontDocument: Encodable {
    /// A policy on the front: its canonical weights and biases, and its outcomes on tune in their own units.
    package struct Point: Encodable {
        let weights: [String: Double]
        let biases: [String: Double]
        let values: [String: Double]

        init(_ point: FrontPoint, in space: PolicySpace) {
            let policy = LinearPolicy(point.knobs, in: space)
            let names = space.outcomes.map(\.name)
            weights = Dictionary(uniqueKeysWithValues: zip(names, policy.weights))
            biases = Dictionary(uniqueKeysWithValues: zip(space.arms, policy.biases))
            values = Dictionary(
                uniqueKeysWithValues: zip(space.outcomes, point.values).map { ($0.name, $0.sign * $1) })
        }
    }

    package let reference: [String: Double]
    package let hypervolume: Double
    /// What it is the volume of: points, split and unit.
    package let hypervolumeOf: String
    /// Of the front of the weights alone; left out where it was not searched.
    package let weightsOnlyHypervolume: Double?
    /// The readable handful.
    package let candidates: [CandidateDocument]
    /// For each of them how likely it is to keep all limits at once; left out without limits, null where not estimable.
    package let probabilityFeasible: [Double?]?
    /// Hypervolume by evaluations and seconds; left out unless asked for.
    package let trace: [TracePoint]?
    package let points: [Point]
    package let weightsOnlyPoints: [Point]?

    package init(_ front: SearchFront.Outcome, feasibility: [Double?], isTraced: Bool, in space: PolicySpace) {
        let record = front.record
        reference = record.reference
        hypervolume = record.hypervolume
        hypervolumeOf =
            "the points' values on tune above the reference, oriented so that more is better, in the outcomes' own units"
        weightsOnlyHypervolume = record.weightsOnly?.hypervolume
        candidates = front.candidates.map { CandidateDocument($0, in: space) }
        probabilityFeasible = space.hasLimits ? feasibility : nil
        trace = isTraced ? front.trace : nil
        points = record.points.map { Point($0, in: space) }
        weightsOnlyPoints = record.weightsOnly?.points.map { Point($0, in: space) }
    }
}
