import Foundation
import Runtime

/// A place that is kept for a study from the start of its fit until it is put there: nobody else fits to it, and the study
/// that stands there is not written to meanwhile.
package final class StudyReservation: Sendable {
    package let path: String
    /// Where the file is put together, beside its place.
    let partial: String
    private let place: String
    private let file: OpenFile
    /// The study that is replaced; nil where there is none.
    private let previous: OpenFile?

    /// - Throws: `EspalierError`: the place cannot be written, holds something that is not a study or a study that is open
    ///   elsewhere, or another fit has reserved it.
    package init(_ path: String) throws {
        self.path = path
        place = AtomicFile.target(of: path)
        partial = place + ".partial"
        var status = stat()
        let exists = stat(place, &status) == 0
        guard !exists || status.st_mode & S_IFMT == S_IFREG else {
            throw EspalierError(
                .cannotCreate, "a study cannot be written over this, for it is not a regular file", file: path,
                remedy: "choose another place with -o")
        }
        let folder = AtomicFile.folder(of: place)
        guard access(folder, W_OK | X_OK) == 0, !exists || access(place, W_OK) == 0 else {
            throw EspalierError(
                .cannotCreate, "the study cannot be written (\(String(cString: strerror(errno))))", file: path,
                remedy: "check that the folder exists and may be written")
        }
        if exists { try StudyOpening.checkFormat(path, at: place) }
        previous = exists ? OpenFile(place) : nil
        if let previous, !previous.own(within: StudyDatabase.patience) { throw StudyOpening.held(previous, path) }
        file = try Self.reserve(partial, path)
        Self.clean(folder, beside: place)
    }

    deinit {
        SideFiles.remove(partial)
    }

    /// A partial file that is ours: made now, or left by a process that is gone.
    private static func reserve(_ partial: String, _ path: String) throws -> OpenFile {
        while true {
            guard let file = OpenFile(partial, isNew: true) else { throw AtomicFile.failure(path) }
            guard file.own(within: 0) else {
                let holder = file.owner().map { " (process \($0))" } ?? ""
                throw EspalierError(
                    .cannotCreate, "another fit is writing a study there\(holder)", file: path,
                    remedy: "wait for it, or choose another place with -o")
            }
            // Whoever had it may have put it in place or removed it in between.
            guard file.isAt(partial) == true else { continue }
            guard ftruncate(file.descriptor, 0) == 0 else { throw AtomicFile.failure(path) }
            for suffix in ["-wal", "-shm", "-journal"] { unlink(partial + suffix) }
            return file
        }
    }

    /// Removes what fits of earlier versions have left, whose names hold the process that is gone.
    private static func clean(_ folder: String, beside place: String) {
        let name = URL(fileURLWithPath: place).lastPathComponent + "."
        for found in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        where found.hasPrefix(name) && found.hasSuffix(".partial") {
            guard let process = Int32(found.dropFirst(name.count).dropLast(".partial".count)) else { continue }
            if kill(process, 0) != 0, errno == ESRCH { SideFiles.remove(folder + "/" + found) }
        }
    }

    /// Keeps the study that is replaced beside it: name-1.espalier, name-2.espalier, ...
    /// - Throws: `EspalierError` (.cannotCreate).
    func keepPrevious() throws {
        let kept = Self.keptPlace(of: place)
        if link(place, kept) != 0 { try StudyCopy.bytes(of: place, withLog: false, to: kept) }
    }

    /// Where a study goes that a fit would replace without keeping all of it.
    package static func keptPlace(of path: String) -> String {
        let place = AtomicFile.target(of: path)
        let suffix = place.hasSuffix(".espalier") ? ".espalier" : ""
        let stem = place.dropLast(suffix.count)
        var number = 1
        while FileManager.default.fileExists(atPath: "\(stem)-\(number)\(suffix)") { number += 1 }
        return "\(stem)-\(number)\(suffix)"
    }

    /// Puts the complete file in its place, with the mode and the owner of what was there.
    /// - Throws: `EspalierError` (.cannotCreate).
    func put() throws {
        var status = stat()
        if stat(place, &status) == 0 {
            _ = fchown(file.descriptor, status.st_uid, status.st_gid)
            _ = fchmod(file.descriptor, status.st_mode & 0o7777)
        }
        guard fsync(file.descriptor) == 0, rename(partial, place) == 0 else { throw AtomicFile.failure(path) }
        for suffix in ["-wal", "-shm"] { unlink(place + suffix) }
        // From here on it is a study like any other, and whoever opens it may write to it.
        file.disown()
        AtomicFile.flush(folder: AtomicFile.folder(of: place))
    }
}
