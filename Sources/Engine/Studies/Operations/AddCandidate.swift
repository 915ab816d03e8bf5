import Policies
import Runtime

/// Keeps knobs as a candidate made by hand. Knobs that are a candidate already stay that one, under its id and name; a hidden
/// one is shown again.
package struct AddCandidate: StudyOperation {
    package static let kind = "candidate.add"
    package static let needsUnits = false

    package let knobs: PolicyKnobs

    package init(_ knobs: PolicyKnobs) { self.knobs = knobs }

    package func fits(_ space: PolicySpace) -> Bool { knobs.fits(space) }

    package func run(_ study: Study, _ context: RunContext) throws -> StudyChange<Candidate> {
        if let shown = try study.file.candidates().first(where: { $0.isMade(by: knobs) }) {
            return StudyChange { _ in shown }
        }
        let new = try StudyTransaction.NewCandidate(knobs, of: study, workers: context.workers)
        return StudyChange { transaction in
            try transaction.keep([new], origin: .hand).candidates[0]
        } decide: { candidate, decisions in
            // Undo hides a candidate that was added.
            let step = History.Step(name: "add \(candidate.name)", before: decisions.without(candidate.id))
            return Decided(decisions.showing([candidate.id]), step: step)
        }
    }
}

extension StudyTransaction.NewCandidate {
    init(_ knobs: PolicyKnobs, of study: Study, workers: Workers) throws {
        let policy = LinearPolicy(knobs, in: study.space)
        let tune = try study.workspace.evaluator(workers: workers).evaluate(policy, weights: knobs.weights)
        self.init(knobs: knobs, policy: .linear(policy), tune: tune)
    }

    /// A candidate as a study's present fit sees it.
    init(_ candidate: Candidate, of study: Study, workers: Workers) throws {
        guard candidate.policy.linear == nil else {
            self = try Self(candidate.knobs, of: study, workers: workers)
            return
        }
        self.init(
            knobs: candidate.knobs, policy: candidate.policy,
            tune: try study.workspace.evaluator(workers: workers).evaluate(
                candidate.policy, weights: candidate.knobs.weights))
    }
}

extension Decisions {
    /// With candidates that are shown, and not picked, from now on.
    func showing(_ ids: Set<Int>) -> Decisions {
        var decisions = self
        decisions.hidden.subtract(ids)
        decisions.picked.subtract(ids)
        return decisions
    }

    func without(_ id: Int) -> Decisions {
        var decisions = self
        decisions.hidden.insert(id)
        decisions.picked.remove(id)
        return decisions
    }
}
