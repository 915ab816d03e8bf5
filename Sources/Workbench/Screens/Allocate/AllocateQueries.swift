import Allocation
import Policies
import Runtime
import Studies

extension WorkKind {
    static let allocation = WorkKind("allocation")
    static let allocationJudgement = WorkKind("allocation judgement", rank: 7)
    static let limitCurve = WorkKind("limit curve")
    static let methodComparison = WorkKind("methods", rank: 8)
}

/// An allocation, or why there is none.
package enum AllocationAnswer: Sendable {
    case solved(StudyAllocation)
    case refused(String)

    package var solved: StudyAllocation? { if case .solved(let found) = self { found } else { nil } }

    init(_ body: () throws -> StudyAllocation) throws {
        do {
            self = .solved(try body())
        } catch let error as EspalierError where error.kind == .check || error.kind == .usage || error.kind == .data {
            self = .refused(error.message)
        }
    }
}

extension ResultKey where Value == AllocationAnswer? {
    /// Of the present limits, by the figures it was chosen by.
    package static var allocation: ResultKey { ResultKey("allocation") }
    /// The same with what is left of it.
    package static var judgedAllocation: ResultKey { ResultKey("judged allocation") }
}

extension ResultKey where Value == LimitCurve? {
    /// The objective along the focused limit.
    package static var limitCurve: ResultKey { ResultKey("limit curve") }
}

extension ResultKey where Value == [AllocationMethod: AllocationAnswer] {
    /// Every method under the present limits.
    package static var methodComparison: ResultKey { ResultKey("method comparison", initial: [:]) }
}

/// The allocation of what the screen asks for.
struct AllocatePresent: DerivedQuery {
    static let needsUnits = false
    let request: AllocationRequest
    /// nil for the figures it was chosen by alone.
    let resamples: Int?

    init?(_ state: WorkbenchState, resamples: Int?) {
        guard state.screen == .allocate, state.facts.workspace != nil, state.facts.isOpen else { return nil }
        request = state.allocate.request
        self.resamples = resamples
    }

    static var work: WorkKind { .allocation }

    var inputs: AllocationRequest { request }

    func run(_ study: Study, _ context: RunContext) throws -> AllocationAnswer {
        try AllocationAnswer { try study.answer(AllocateCohorts(request, resamples: resamples), context) }
    }

    func take(_ answer: AllocationAnswer, in state: inout WorkbenchState) -> [Work] {
        state.results.take(answer, as: resamples == nil ? .allocation : .judgedAllocation, from: inputs)
        return []
    }
}

/// The objective as the focused limit moves.
struct TracePresent: DerivedQuery {
    static let needsUnits = false
    struct Inputs: Sendable, Equatable {
        let request: AllocationRequest
        let outcome: Int
    }

    let inputs: Inputs

    init?(_ state: WorkbenchState) {
        guard state.screen == .allocate, state.facts.isOpen, let outcome = AllocateRows.focusedLimit(state) else {
            return nil
        }
        inputs = Inputs(request: state.allocate.request, outcome: outcome)
    }

    static var work: WorkKind { .limitCurve }

    func run(_ study: Study, _ context: RunContext) throws -> LimitCurve? {
        try study.answer(TraceLimit(inputs.request, outcome: inputs.outcome), context)
    }

    func take(_ curve: LimitCurve?, in state: inout WorkbenchState) -> [Work] {
        state.results.take(curve, as: .limitCurve, from: inputs)
        return []
    }
}

/// Every method under the present limits.
struct ComparePresent: DerivedQuery {
    static let needsUnits = false
    let inputs: AllocationRequest

    init?(_ state: WorkbenchState) {
        guard state.screen == .allocate, state.facts.isOpen else { return nil }
        var request = state.allocate.request
        // The method at hand does not move the table.
        request.method = .linear
        inputs = request
    }

    static var work: WorkKind { .methodComparison }

    func run(_ study: Study, _ context: RunContext) throws -> [AllocationMethod: AllocationAnswer] {
        var answers: [AllocationMethod: AllocationAnswer] = [:]
        for method in AllocationMethod.allCases {
            var request = inputs
            request.method = method
            answers[method] = try AllocationAnswer {
                try study.answer(AllocateCohorts(request, resamples: 100), context)
            }
        }
        return answers
    }

    func take(_ answers: [AllocationMethod: AllocationAnswer], in state: inout WorkbenchState) -> [Work] {
        state.results.take(answers, as: .methodComparison, from: inputs)
        return []
    }
}

extension AddAllocation: WorkbenchOperation {
    package func take(_ candidate: Candidate, in state: inout WorkbenchState) -> [Work] {
        state.facts.merge([candidate])
        state.front.focusedCandidate = candidate.id
        state.message = "added candidate \(candidate.name); e exports it, 5 shows it on the front"
        return []
    }
}

extension ConfirmAllocation: WorkbenchOperation {
    package func take(_ outcome: (allocation: StudyAllocation, looks: Int), in state: inout WorkbenchState) -> [Work] {
        state.facts.looks = outcome.looks
        state.results.take(.solved(outcome.allocation), as: .judgedAllocation, from: request)
        state.message = "confirm was opened for this allocation; looks so far: \(outcome.looks)"
        return []
    }
}
