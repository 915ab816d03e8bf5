import Policies
import Runtime

/// Keeps knobs as a candidate made by hand.
package struct AddCandidate: StudyOperation {
    package static let kind = "candidate.add"

    package let knobs: PolicyKnobs

    package init(_ knobs: PolicyKnobs) { self.knobs = knobs }

    package func fits(_ space: PolicySpace) -> Bool { knobs.fits(space) }

    package func run(_ study: Study, _ context: RunContext) throws -> StudyChange<Candidate> {
        let new = try StudyTransaction.NewCandidate(knobs, of: study, workers: context.workers)
        return StudyChange { transaction in
            try transaction.add([new], origin: .hand)[0]
        } decide: { candidate, decisions in
            Self.decided(candidate, decisions)
        }
    }

    /// Undo hides a candidate that was added.
    static func decided(_ candidate: Candidate, _ decisions: Decisions) -> Decided {
        var before = decisions
        before.hidden.insert(candidate.id)
        return Decided(decisions, step: History.Step(name: "add \(candidate.name)", before: before))
    }
}

extension StudyTransaction.NewCandidate {
    init(_ knobs: PolicyKnobs, of study: Study, workers: Workers) throws {
        let policy = LinearPolicy(knobs, in: study.space)
        let tune = try study.workspace.evaluator(workers: workers).evaluate(policy, weights: knobs.weights)
        self.init(knobs: knobs, policy: .linear(policy), tune: tune)
    }
}
