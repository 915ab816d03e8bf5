import Studies

/// Engine work that the reducers ask for; it runs off the main thread.
package enum Work: Sendable {
    /// Opens or fits the study.
    case open
    /// Changes the study, and leaves an entry in its log.
    case operation(any StudyOperation)
    /// Brings the study in line with decisions that an action has made: the action's own entry and undo step stand for it.
    case followUp(any StudyOperation)
    case query(any WorkbenchQuery)
    /// An entry of the log: the session keeps it before the next frame, no other thread is needed.
    case log(Action)

    package var kind: WorkKind {
        switch self {
        case .open: .fit
        case .operation(let operation), .followUp(let operation):
            (type(of: operation) as? any WorkbenchOperation.Type)?.work ?? .candidates
        case .query(let query): type(of: query).work
        case .log: .candidates
        }
    }

    /// Whether newer work of its kind makes it pointless; writes to candidates and exports never are.
    var isReplaceable: Bool {
        switch self {
        case .open, .log: false
        case .operation, .followUp: kind.isStoppable
        case .query(let query): type(of: query).isReplaceable
        }
    }

    /// Whether replaying the action that asked for it does it again: what has an entry of its own is left to that.
    var isReplayedByItsAction: Bool {
        switch self {
        case .operation: false
        case .query(let query): type(of: query).isReplayed
        case .open, .followUp, .log: true
        }
    }
}
