import Foundation
import Synchronization

/// Whether an open study's file still is what its path means, in a state that our transactions have brought about.
final class FileContinuity: Sendable {
    let file: OpenFile
    /// Where the file is, symbolic links followed.
    let place: String
    private let generations: Mutex<Generations>

    private struct Generations {
        /// Of the last transaction known.
        var last: [UInt8]
        /// Of the file without its log, when it was last seen to be ours.
        var file: [UInt8]
        /// Bytes of the file then. It never shrinks, for nothing is vacuumed.
        var size: Int
        /// Whether the file was seen to be another's.
        var isLost = false
    }

    /// - Parameter last: the generation as SQLite reads it, log and all.
    init(_ file: OpenFile, at place: String, last: [UInt8]) {
        self.file = file
        self.place = place
        generations = Mutex(
            Generations(
                last: last, file: FileGeneration(descriptor: file.descriptor)?.generation ?? [], size: file.size))
    }

    /// The generation of the last transaction known.
    var last: [UInt8] {
        get { generations.withLock { $0.last } }
        set { generations.withLock { $0.last = newValue } }
    }

    /// What has become of the file since it was opened; nil where it is what it was.
    var replacement: StudyReplacement? {
        guard let isHere = file.isAt(place) else { return .removed }
        guard isHere else { return .replaced }
        return isOurs() ? nil : .overwritten
    }

    /// Whether the file, without its log, is in a state that our transactions have brought about.
    ///
    /// A transaction is in the log a moment before it is known here, and the log may be folded and cut off meanwhile: a state that is
    /// not known is looked at again, until it has stayed so for longer than that takes.
    func isOurs() -> Bool {
        if isKnownState() { return true }
        let attempts = generations.withLock { $0.isLost ? 0 : 8 }
        for attempt in 0..<attempts {
            usleep(1_000 << UInt32(attempt))
            if isKnownState() { return true }
        }
        generations.withLock { $0.isLost = true }
        return false
    }

    private func isKnownState() -> Bool {
        generations.withLock { known in
            // Read under the lock: what another thread has seen since must not be held against an older reading.
            let size = file.size
            guard let now = FileGeneration(descriptor: file.descriptor)?.generation, size >= known.size,
                now == known.last || now == known.file || isLater(now, than: known.file)
            else { return false }
            (known.file, known.size) = (now, size)
            return true
        }
    }

    /// Whether the log leads from one generation of the file to another. An older state put back is in the log, too, but what
    /// was folded into the file since need not be there any more.
    private func isLater(_ now: [UInt8], than before: [UInt8]) -> Bool {
        let chain = LogGenerations(path: place + "-wal").chain
        guard let index = chain.lastIndex(of: now) else { return false }
        return index > chain.firstIndex(of: before) ?? -1
    }
}
