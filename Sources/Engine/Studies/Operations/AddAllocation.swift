import Policies
import Runtime

/// Keeps the policy of an allocation as a candidate made by hand, with what it divides the units by.
package struct AddAllocation: StudyOperation {
    package static let kind = "candidate.allocate"

    package let request: AllocationRequest
    /// What was found already; nil where a log tells of it, which allocates anew.
    private let found: StudyAllocation?

    package init(_ found: StudyAllocation) {
        request = found.request
        self.found = found
    }

    private enum CodingKeys: String, CodingKey {
        case request
    }

    package init(from decoder: any Decoder) throws {
        request = try decoder.container(keyedBy: CodingKeys.self).decode(AllocationRequest.self, forKey: .request)
        found = nil
    }

    package static func == (a: AddAllocation, b: AddAllocation) -> Bool { a.request == b.request }

    package func run(_ study: Study, _ context: RunContext) throws -> StudyChange<Candidate> {
        let found = try found ?? AllocateCohorts(request, resamples: nil).run(study, context)
        study.meet(found)
        let new = StudyTransaction.NewCandidate(
            knobs: found.knobs, policy: found.policy,
            tune: try study.workspace.evaluator(workers: context.workers).evaluate(
                found.policy, weights: found.knobs.weights))
        return StudyChange { transaction in
            if found.policy.cohort != nil {
                try transaction.keep(found.cohorts.cohortOf, of: .cohorts(found.cohorts.rules))
            }
            return try transaction.keep([new], origin: .hand).candidates[0]
        } decide: { candidate, decisions in
            let step = History.Step(name: "add \(candidate.name)", before: decisions.without(candidate.id))
            return Decided(decisions.showing([candidate.id]), step: step)
        }
    }
}

/// What an allocation does on confirm, which is a look.
package struct ConfirmAllocation: StudyOperation {
    package static let kind = "confirm.allocation"

    package let request: AllocationRequest
    private let found: StudyAllocation?

    package init(_ found: StudyAllocation) {
        request = found.request
        self.found = found
    }

    private enum CodingKeys: String, CodingKey {
        case request
    }

    package init(from decoder: any Decoder) throws {
        request = try decoder.container(keyedBy: CodingKeys.self).decode(AllocationRequest.self, forKey: .request)
        found = nil
    }

    package static func == (a: ConfirmAllocation, b: ConfirmAllocation) -> Bool { a.request == b.request }

    /// The outcome is the allocation with confirm's estimates, and how often the confirm split was looked at in all.
    package func run(
        _ study: Study, _ context: RunContext
    ) throws -> StudyChange<(allocation: StudyAllocation, looks: Int)> {
        let found = try found ?? AllocateCohorts(request, resamples: nil).run(study, context)
        study.meet(found)
        let evaluation = try study.workspace.evaluator(.confirm, workers: context.workers)
            .evaluate(found.policy, weights: found.knobs.weights)
        let subject = try LookSubject(found.policy)
        return StudyChange { transaction in
            try transaction.countLook(at: .confirm, "allocate \(request.method.rawValue)", of: subject)
            return (found.confirmed(by: evaluation, in: study.space), try transaction.reading.looks())
        }
    }
}

extension Study {
    /// Lets evaluators know the cohorts of an allocation.
    package func meet(_ allocation: StudyAllocation) {
        guard let policy = allocation.policy.cohort, workspace.table.unitGroups[policy.rules] == nil else { return }
        workspace.table.unitGroups.keep(allocation.cohorts.cohortOf, .cohorts(allocation.cohorts.rules))
    }
}
