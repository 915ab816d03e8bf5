import Foundation
import Runtime
import Studies

extension Session {
    /// Does again what a log says, each entry to its whole effect. The session's study should hold the bare fit.
    /// - Throws: `EspalierError` where the log belongs to another fit or holds what the study cannot do; nothing is done then.
    package func replay(_ log: StudyLog, from file: String) throws {
        guard log.inputs == state.facts.inputs else {
            throw EspalierError(
                .data, "the log was made on other data or another spec than the study's", file: file,
                remedy: "replay it on the study it was exported from, or one fitted alike")
        }
        let steps = try zip(log.entries, log.lines).enumerated().map { index, entry in
            try ReplayStep(entry.0, number: index + 1, in: state, file: file, line: entry.1)
        }
        isReplaying = true
        defer { isReplaying = false }
        for step in steps {
            switch step {
            case .action(let action): redo(action)
            case .operation(let operation): replay(operation)
            }
            settle()
        }
    }

    private func replay(_ operation: any StudyOperation) {
        guard Swift.type(of: operation).isReplayed else {
            // The file stands where it was written; its entry is said and kept.
            if let sentence = (operation as? any ReplayedBySaying)?.sentence { say(sentence) }
            keep(entryOf: operation)
            return
        }
        submit([.operation(operation)])
    }
}

/// An operation that a replay says and does not do.
private protocol ReplayedBySaying {
    var sentence: String { get }
}

extension ExportPolicy: ReplayedBySaying {
    fileprivate var sentence: String { "policy \(Candidate.name(of: candidate)) written to \(path)" }
}

extension ExportText: ReplayedBySaying {
    fileprivate var sentence: String { "written to \(path)" }
}

/// An entry of a log, read.
private enum ReplayStep {
    case action(Action)
    case operation(any StudyOperation)

    /// - Throws: `EspalierError` (.data) for an entry that cannot be read, or asks for something the study does not have.
    init(_ entry: LogEntry, number: Int, in state: WorkbenchState, file: String, line: Int) throws {
        func problem(_ what: String) -> EspalierError {
            EspalierError(.data, "entry \(number) \(what)", file: file, line: line, remedy: "export the log again")
        }
        let read: ReplayStep?
        if entry.kind == LogEntry.view {
            read = Action.read(entry.json).map { .action($0) }
        } else {
            read = (try? OperationRegistry.operation(entry)).flatMap { $0 }.map { .operation($0) }
        }
        guard let read else { throw problem("cannot be read, it is of the kind \(entry.kind)") }
        if let space = state.facts.description?.space {
            let fits =
                switch read {
                case .action(let action): action.fits(space)
                case .operation(let operation): operation.fits(space)
                }
            guard fits else { throw problem("asks for something that this study does not have") }
        }
        self = read
    }
}
