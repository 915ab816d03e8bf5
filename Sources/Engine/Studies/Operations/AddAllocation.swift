import Policies
import Runtime

/// An allocation as operations hold it: what was asked for, which their logs keep, and what was found, unless a log tells of it.
private struct AllocationInput: Codable, Sendable, Equatable {
    let request: AllocationRequest
    private let found: StudyAllocation?

    init(_ found: StudyAllocation) {
        request = found.request
        self.found = found
    }

    private enum CodingKeys: String, CodingKey {
        case request
    }

    init(from decoder: any Decoder) throws {
        request = try decoder.container(keyedBy: CodingKeys.self).decode(AllocationRequest.self, forKey: .request)
        found = nil
    }

    static func == (a: AllocationInput, b: AllocationInput) -> Bool { a.request == b.request }

    /// What was found; allocated anew where a log tells of it. The study's evaluators know its cohorts from then on.
    func allocation(_ study: Study, _ context: RunContext) throws -> StudyAllocation {
        let allocation = try found ?? AllocateCohorts(request, resamples: nil).run(study, context)
        study.meet(allocation)
        return allocation
    }
}

/// Keeps the policy of an allocation as a candidate made by hand, with what it divides the units by.
package struct AddAllocation: StudyOperation {
    package static let kind = "candidate.allocate"
    package static let needsUnits = false

    private let input: AllocationInput

    package init(_ found: StudyAllocation) { input = AllocationInput(found) }

    package init(from decoder: any Decoder) throws { input = try AllocationInput(from: decoder) }

    package func encode(to encoder: any Encoder) throws { try input.encode(to: encoder) }

    package var request: AllocationRequest { input.request }

    package func run(_ study: Study, _ context: RunContext) throws -> StudyChange<Candidate> {
        let found = try input.allocation(study, context)
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
    package static let needsUnits = false

    private let input: AllocationInput

    package init(_ found: StudyAllocation) { input = AllocationInput(found) }

    package init(from decoder: any Decoder) throws { input = try AllocationInput(from: decoder) }

    package func encode(to encoder: any Encoder) throws { try input.encode(to: encoder) }

    package var request: AllocationRequest { input.request }

    /// The outcome is the allocation with confirm's estimates, and how often the confirm split was looked at in all.
    package func run(
        _ study: Study, _ context: RunContext
    ) throws -> StudyChange<(allocation: StudyAllocation, looks: Int)> {
        let found = try input.allocation(study, context)
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
    fileprivate func meet(_ allocation: StudyAllocation) {
        guard let policy = allocation.policy.cohort, unitGroups[policy.rules] == nil else { return }
        unitGroups.keep(allocation.cohorts.cohortOf, .cohorts(allocation.cohorts.rules))
    }
}
