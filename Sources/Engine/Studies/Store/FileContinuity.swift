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
    }

    /// - Parameter last: the generation as SQLite reads it, log and all.
    init(_ file: OpenFile, at place: String, last: [UInt8]) {
        self.file = file
        self.place = place
        generations = Mutex(
            Generations(last: last, file: FileGeneration(descriptor: file.descriptor)?.generation ?? []))
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
    func isOurs() -> Bool {
        guard let now = FileGeneration(descriptor: file.descriptor)?.generation else { return false }
        return generations.withLock { known in
            guard now == known.last || now == known.file || LogGenerations(path: place + "-wal").chain.contains(now)
            else { return false }
            known.file = now
            return true
        }
    }
}
