import Frontier
import Policies
import Runtime

/// Measures the last front against another reference point.
package struct MoveReference: StudyOperation {
    package static let kind = "front.reference"
    package static let needsUnits = false

    /// By outcome, in its own unit; nil takes the default.
    package let reference: [String: Double]?

    package init(_ reference: [String: Double]?) { self.reference = reference }

    package func fits(_ space: PolicySpace) -> Bool {
        (reference ?? [:]).allSatisfy { name, value in
            value.isFinite && space.outcomes.contains { $0.name == name }
        }
    }

    /// The outcome is nil before the first search.
    package func run(_ study: Study, _ context: RunContext) throws -> StudyChange<FrontRecord?> {
        let oriented = study.orientedReference(reference, try study.workspace.evaluator(workers: Workers(count: 1)))
        let (space, reference) = (study.space, reference)
        return StudyChange { transaction in
            guard let front = try transaction.reading.front() else { return nil }
            let members = Set(front.candidates)
            let values =
                front.points.isEmpty
                ? try transaction.reading.candidates().filter { members.contains($0.id) }.compactMap {
                    $0.orientedValues(in: space)
                }
                : front.points.map(\.values)
            let record = FrontRecord(
                reference: space.unoriented(oriented),
                hypervolume: Hypervolume.approximate(values, reference: oriented),
                candidates: front.candidates, search: front.search, points: front.points,
                weightsOnly: front.weightsOnly.map { ParetoFront($0.points, reference: oriented) },
                settings: front.settings)
            try transaction.save(record)
            return record
        } decide: { _, decisions in
            guard decisions.reference != reference else { return nil }
            var after = decisions
            after.reference = reference
            return Decided(after, step: History.Step(name: "move the reference", before: decisions))
        }
    }
}
