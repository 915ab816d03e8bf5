import Dispatch
import Foundation
import GRDB
import Synchronization

/// Folds the write-ahead log into the study whenever work comes to rest, off the thread that works, so that the file by
/// itself holds what was shown as done.
///
/// The first commit after a rest is folded at once, too: the file then differs from every copy that was made of it at rest,
/// and a log that a killed process leaves continues none of those copies.
final class LogFolding: Sendable {
    /// How long nothing must be written for work to be at rest, in seconds.
    private static let rest = 0.25
    private static let attempts = 6
    /// After how many transactions without rest the log is folded all the same.
    private static let most = 1_000

    private let continuity: FileContinuity
    private let queue = DispatchQueue(label: "espalier.fold", qos: .utility)
    /// The study's own connection, where it is the only one there may be.
    private let own: DatabaseQueue?
    private let connection = Mutex<DatabaseQueue?>(nil)
    private let state = Mutex(State())

    private struct State {
        var writes = 0
        var isAtRest = true
        var isAwaited = false
        var isStopped = false
    }

    init(_ continuity: FileContinuity, through own: DatabaseQueue?) {
        self.continuity = continuity
        self.own = own
    }

    /// A transaction was kept.
    func wrote() {
        let (isDue, isAwaited) = state.withLock { state in
            state.writes += 1
            defer { (state.isAtRest, state.isAwaited) = (false, true) }
            return (state.isAtRest || state.writes % Self.most == 0, state.isAwaited)
        }
        if isDue, own == nil { queue.async { [weak self] in _ = self?.fold() } }
        if !isAwaited { awaitRest(after: Self.rest, attempt: 1) }
    }

    /// Lets go of the file; what waits is not done any more.
    func stop() {
        state.withLock { $0.isStopped = true }
        connection.withLock { connection in
            try? connection?.close()
            connection = nil
        }
    }

    private func awaitRest(after seconds: Double, attempt: Int) {
        let seen = state.withLock { $0.writes }
        queue.asyncAfter(deadline: .now() + seconds) { [weak self] in
            guard let self, !state.withLock({ $0.isStopped }) else { return }
            if state.withLock({ $0.writes }) != seen { return awaitRest(after: Self.rest, attempt: 1) }
            let isDone = fold()
            // Readers of older snapshots hold it up.
            if !isDone, attempt < Self.attempts {
                return awaitRest(after: 2 * seconds, attempt: attempt + 1)
            }
            let goesOn = state.withLock { state in
                state.isAwaited = state.writes != seen
                state.isAtRest = isDone && !state.isAwaited
                return state.isAwaited
            }
            if goesOn { awaitRest(after: Self.rest, attempt: 1) }
        }
    }

    /// - Returns: whether the log is empty now.
    private func fold() -> Bool {
        guard continuity.replacement == nil else { return false }
        do {
            try connection.withLock { connection in
                guard !state.withLock({ $0.isStopped }) else { return }
                if own == nil, connection == nil { connection = try StudyOpening.connect(continuity.place, wait: 0.05) }
                try (own ?? connection)?.inDatabase { database in
                    try database.execute(sql: "PRAGMA synchronous = NORMAL")
                    defer { try? database.execute(sql: "PRAGMA synchronous = OFF") }
                    // The work is done while others write; what is left under the writers' lock is to cut the log off.
                    try database.checkpoint(.passive)
                    // From here on an older state of the file is not ours, whether or not the log can be cut off.
                    _ = continuity.isOurs()
                    try database.checkpoint(.truncate)
                }
            }
        } catch { return false }
        return continuity.isOurs()
    }
}
