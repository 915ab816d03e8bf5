import Foundation
import Runtime

/// Copies of a study, also of one that is open elsewhere.
package enum StudyCopy {
    /// Whether another process has the study open. A file that is no study is open nowhere.
    package static func isOpenElsewhere(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: path) && StudyDatabase.isOpenElsewhere(path)
    }

    /// The first free place for a copy beside the study: name-copy.espalier, name-copy-2.espalier, ...
    package static func place(beside path: String) -> String {
        let url = URL(fileURLWithPath: path)
        let stem = url.deletingPathExtension().lastPathComponent
        let folder = path.contains("/") ? url.deletingLastPathComponent().path + "/" : ""
        let suffix = url.pathExtension.isEmpty ? "" : "." + url.pathExtension
        var number = 1
        while true {
            let name = folder + stem + (number == 1 ? "-copy" : "-copy-\(number)") + suffix
            if !FileManager.default.fileExists(atPath: name) { return name }
            number += 1
        }
    }

    /// Copies a study with all that was shown as done in it, whether or not another process is writing to it.
    ///
    /// The write-ahead log goes with the file; a torn tail of it is dropped by its checksums, and a checkpoint that falls into
    /// the copying is seen by the file's time, whereupon the copying starts again.
    /// - Throws: `EspalierError`.
    package static func make(of path: String, at target: String) throws {
        let files = FileManager.default
        for _ in 0..<20 {
            let before = stamp(path)
            for suffix in ["", "-wal"] { try? files.removeItem(atPath: target + suffix) }
            do {
                try files.copyItem(atPath: path, toPath: target)
                if files.fileExists(atPath: path + "-wal") {
                    try files.copyItem(atPath: path + "-wal", toPath: target + "-wal")
                }
            } catch {
                throw EspalierError(
                    .cannotCreate, "the study cannot be copied (\(error.localizedDescription))", file: target,
                    remedy: "check that the folder may be written and has room")
            }
            if stamp(path) == before { return try StudyFile(opening: target).checkWhole() }
        }
        throw EspalierError(
            .noInput, "the study is being written to all the time", file: path, remedy: "try again in a moment")
    }

    private static func stamp(_ path: String) -> [Int] {
        var status = stat()
        guard stat(path, &status) == 0 else { return [] }
        return [status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec].map { Int($0) }
    }
}

extension StudyFile {
    /// - Throws: `EspalierError` (.data) where the file's own structure is damaged.
    func checkWhole() throws {
        let verdict = try database.quickCheck()
        guard verdict == "ok" else {
            throw EspalierError(.data, "the copy is damaged (\(verdict))", file: path, remedy: "copy it again")
        }
    }
}
