import Foundation
import Studies

/// What the study file does not know yet. The session commits it before a frame is shown, so that whatever was shown as done
/// survives kill -9.
package struct Journal {
    private var entries: [LogEntry] = []
    private var decisions: Decisions?
    private var savedView: SavedView?
    private var history = History()

    package init() {}

    package mutating func note(_ entry: LogEntry) { entries.append(entry) }

    /// Takes what the file holds as known.
    mutating func adopt(_ resumed: Resumed) {
        decisions = resumed.decisions
        savedView = resumed.savedView
        history = resumed.history
    }

    /// Takes nothing for known: the file is a new one.
    mutating func forgetFile() { (decisions, savedView, history) = (nil, nil, History()) }

    /// What has changed since the last commit that was kept, and the journal to go on with once this one is; nil when nothing
    /// has. A commit that fails is made again, whole, with the next.
    /// - Complexity: compares all steps of undo, writes those that changed.
    package func commit(_ state: WorkbenchState) throws -> (commit: StudyCommit, after: Journal)? {
        let now = SavedView(state)
        guard
            !entries.isEmpty || now != savedView || state.decisions != decisions || state.history != history
        else { return nil }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let commit = StudyCommit(
            entries: entries, decisions: state.decisions != decisions ? state.decisions : nil,
            view: now != savedView ? try encoder.encode(now) : nil,
            stacks: [
                StudyCommit.StackEnd(.past, history.past, state.history.past),
                StudyCommit.StackEnd(.future, history.future, state.history.future),
            ].compactMap { $0 })
        var after = self
        after.entries = []
        after.decisions = state.decisions
        after.savedView = now
        after.history = state.history
        return (commit, after)
    }
}

/// What happened since the last commit, to be kept in one transaction.
package struct StudyCommit: Sendable {
    /// The end of a stack: steps after the first `kept` are replaced by `added`.
    package struct StackEnd: Sendable {
        package let stack: StudyResume.Stack
        package let kept: Int
        package let added: [History.Step]

        /// nil where nothing has changed.
        init?(_ stack: StudyResume.Stack, _ old: [History.Step], _ new: [History.Step]) {
            guard old != new else { return nil }
            self.stack = stack
            kept = zip(old, new).prefix { $0 == $1 }.count
            added = Array(new.dropFirst(kept))
        }
    }

    package let entries: [LogEntry]
    /// nil where they have not changed.
    package let decisions: Decisions?
    package let view: Data?
    package let stacks: [StackEnd]

    func write(to transaction: StudyTransaction) throws {
        for entry in entries { try transaction.log(entry) }
        if let decisions { try transaction.save(decisions) }
        if let view { try transaction.save(view: view) }
        for end in stacks { try transaction.replaceSteps(of: end.stack, after: end.kept, by: end.added) }
    }
}
