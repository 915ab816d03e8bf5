import Foundation
import Studies

/// What the study file does not know yet. The session commits it before a frame is shown, so that whatever was shown as done
/// survives kill -9.
package struct Journal {
    private var entries: [LogEntry] = []
    private var savedView: SavedView?
    private var history = History()

    package init() {}

    package mutating func note(_ entry: LogEntry) { entries.append(entry) }

    /// Takes what the file holds as known.
    mutating func adopt(_ resumed: Resumed?) {
        savedView = resumed?.savedView
        history = resumed?.history ?? History()
    }

    /// What has changed since the last commit that was kept, and the journal to go on with once this one is; nil when nothing
    /// has. A commit that fails is made again, whole, with the next.
    /// - Complexity: compares all steps of undo, writes those that changed.
    package func commit(_ state: WorkbenchState) throws -> (commit: StudyCommit, after: Journal)? {
        let now = SavedView(state)
        guard !entries.isEmpty || now != savedView || state.history != history else { return nil }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let commit = StudyCommit(
            entries: try entries.map { try encoder.encode($0) }, savedView: try encoder.encode(now),
            stacks: try [
                Self.end("past", history.past, state.history.past, encoder),
                Self.end("future", history.future, state.history.future, encoder),
            ].compactMap { $0 })
        var after = self
        after.entries = []
        after.savedView = now
        after.history = state.history
        return (commit, after)
    }

    private static func end(
        _ stack: String, _ old: [History.Step], _ new: [History.Step], _ encoder: JSONEncoder
    ) throws -> StudyCommit.StackEnd? {
        guard old != new else { return nil }
        let kept = zip(old, new).prefix { $0 == $1 }.count
        return StudyCommit.StackEnd(
            stack: stack, kept: kept, added: try new.dropFirst(kept).map { try encoder.encode($0) })
    }
}
