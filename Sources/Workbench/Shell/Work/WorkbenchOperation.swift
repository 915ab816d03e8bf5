import Studies

/// An operation that the workbench shows the outcome of.
package protocol WorkbenchOperation: StudyOperation {
    static var work: WorkKind { get }

    /// Whether its inputs still are those of the screen; what comes too late is dropped, and leaves no entry.
    func isCurrent(_ state: WorkbenchState) -> Bool

    /// Takes in what it brought, once that is kept.
    /// - Returns: the work that follows.
    func take(_ outcome: Outcome, in state: inout WorkbenchState) -> [Work]
}

extension WorkbenchOperation {
    package static var work: WorkKind { .candidates }
    package func isCurrent(_ state: WorkbenchState) -> Bool { true }
    package func take(_ outcome: Outcome, in state: inout WorkbenchState) -> [Work] { [] }
}

/// A query that the workbench shows the answer of.
package protocol WorkbenchQuery: StudyQuery {
    static var work: WorkKind { get }
    static var isReplaceable: Bool { get }
    /// Whether operations wait while it is answered: what every step of a slider asks for.
    static var isUrgent: Bool { get }
    /// Whether replaying the action that asks it asks it again.
    static var isReplayed: Bool { get }

    /// Takes in the answer.
    /// - Returns: the work that follows.
    func take(_ answer: Answer, in state: inout WorkbenchState) -> [Work]
}

extension WorkbenchQuery {
    package static var isReplaceable: Bool { true }
    package static var isUrgent: Bool { false }
    package static var isReplayed: Bool { true }
}

/// What an operation has computed, on its way to the main thread, which alone changes the study: the decisions it meets there
/// are those on the screen.
package struct ComputedOperation: Sendable {
    let kind: WorkKind
    let isCurrent: @Sendable (WorkbenchState) -> Bool
    /// Its entry in the log; nil for a follow-up.
    let entry: LogEntry?
    /// Writes the result and takes it in, inside the transaction.
    let keep: @Sendable (StudyTransaction, inout WorkbenchState) throws -> [Work]

    init<Operation: StudyOperation>(
        _ operation: Operation, _ change: StudyChange<Operation.Outcome>, isFollowUp: Bool
    ) throws {
        let presented = operation as? any WorkbenchOperation
        kind = (Operation.self as? any WorkbenchOperation.Type)?.work ?? .candidates
        isCurrent = { presented?.isCurrent($0) ?? true }
        entry = isFollowUp ? nil : try LogEntry(operation)
        keep = { transaction, state in
            let outcome = try change.write(transaction)
            if !isFollowUp, let decided = change.decide(outcome, state.decisions) {
                state.decisions = decided.decisions
                if let step = decided.step { state.history.record(step) }
            }
            return presented.map { Self.take($0, outcome, &state) } ?? []
        }
    }

    private static func take<Operation: WorkbenchOperation>(
        _ operation: Operation, _ outcome: Any, _ state: inout WorkbenchState
    ) -> [Work] {
        (outcome as? Operation.Outcome).map { operation.take($0, in: &state) } ?? []
    }
}
