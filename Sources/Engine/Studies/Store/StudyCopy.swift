import Foundation
import GRDB
import Runtime

/// Copies of a study, also of one that is open elsewhere.
package enum StudyCopy {
    /// Whether another process has the study open for writing. A file that is no study is open nowhere.
    package static func isOpenElsewhere(_ path: String) -> Bool {
        let place = AtomicFile.target(of: path)
        guard FileManager.default.fileExists(atPath: place), StudyOpening.mayBeWritten(place) else { return false }
        return OpenFile.isOwned(place)
    }

    /// Whether there is a study that may not be written.
    package static func isReadOnly(_ path: String) -> Bool {
        let place = AtomicFile.target(of: path)
        return FileManager.default.fileExists(atPath: place) && !StudyOpening.mayBeWritten(place)
    }

    /// The first free place for a copy: name-copy.espalier, name-copy-2.espalier, ... beside the study, or where one may write.
    package static func place(beside path: String) -> String {
        let url = URL(fileURLWithPath: path)
        let stem = url.deletingPathExtension().lastPathComponent
        let suffix = url.pathExtension.isEmpty ? "" : "." + url.pathExtension
        let folder = folder(beside: path)
        var number = 1
        while true {
            let name = folder + stem + (number == 1 ? "-copy" : "-copy-\(number)") + suffix
            if !FileManager.default.fileExists(atPath: name) { return name }
            number += 1
        }
    }

    private static func folder(beside path: String) -> String {
        let own = path.contains("/") ? URL(fileURLWithPath: path).deletingLastPathComponent().path + "/" : ""
        let home = NSHomeDirectory() + "/"
        let temporary = FileManager.default.temporaryDirectory.path + "/"
        return [own, "", home, temporary].first { access($0.isEmpty ? "." : $0, W_OK | X_OK) == 0 } ?? own
    }

    /// Copies a study with all that was shown as done in it, whether or not another process is writing to it.
    /// - Throws: `EspalierError`; nothing half written is left.
    package static func make(of path: String, at target: String) throws {
        try StudyFile(opening: path).copy(to: target)
    }

    /// Copies the bytes of a file that is written to only now and then, whole, with its log if it has one.
    static func bytes(of place: String, withLog: Bool, to target: String) throws {
        for _ in 0..<20 {
            let before = stamp(place)
            SideFiles.remove(target)
            do {
                try FileManager.default.copyItem(atPath: place, toPath: target)
                if withLog { try FileManager.default.copyItem(atPath: place + "-wal", toPath: target + "-wal") }
            } catch {
                throw EspalierError(
                    .cannotCreate, "the study cannot be copied (\(error.localizedDescription))", file: target,
                    remedy: "check that the folder may be written and has room")
            }
            chmod(target, 0o600)
            if withLog { chmod(target + "-wal", 0o600) }
            if stamp(place) == before { return }
        }
        throw EspalierError(
            .noInput, "the study is being written to all the time", file: place, remedy: "try again in a moment")
    }

    private static func stamp(_ path: String) -> [Int] {
        var status = stat()
        guard stat(path, &status) == 0 else { return [] }
        return [status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec].map { Int($0) }
    }
}

extension StudyFile {
    /// Writes a copy of the study as it is at this moment, put in place when it is complete.
    /// - Throws: `EspalierError`: the place cannot be written, or holds a study that is open elsewhere.
    package func copy(to target: String) throws {
        let reservation = try StudyReservation(target)
        try StudyDatabase.guarded(target, writing: true) {
            let copy = try DatabaseQueue(path: reservation.partial)
            try database.queue.backup(to: copy)
            try StudyDatabase.seal(copy, reservation.partial)
        }
        try StudyDatabase.checkWhole(reservation.partial)
        try reservation.put()
    }
}

extension StudyDatabase {
    /// - Throws: `EspalierError` (.data) where a file's own structure is damaged.
    static func checkWhole(_ path: String) throws {
        let verdict = try guarded(path) {
            let queue = try DatabaseQueue(path: path)
            defer { try? queue.close() }
            return try queue.read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") } ?? "no answer"
        }
        guard verdict == "ok" else {
            throw EspalierError(.data, "the copy is damaged (\(verdict))", file: path, remedy: "copy it again")
        }
    }
}
