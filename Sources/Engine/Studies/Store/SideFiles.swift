import Foundation
import Runtime

/// The files that SQLite keeps beside a study: before it may see them, they are shown to belong to the study.
///
/// SQLite takes a log or a journal that lies beside a file for that file's own. One that was left by a killed process then
/// damages whatever study is copied or moved into the place of the first.
enum SideFiles {
    /// Sets aside the side files of `path` that do not belong to it. A study that another process has open keeps them:
    /// they are that process's business, which looks after them at its next commit.
    /// - Returns: what was set aside, a sentence each.
    /// - Throws: `EspalierError` where they cannot be set aside.
    static func settle(_ path: String) throws -> [String] {
        guard !OpenFile.isOpenHere(path), !foreign(path).isEmpty else { return [] }
        // Held, nobody else can begin to read; what is there may have changed since it was looked at.
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw AtomicFile.failure(path) }
        defer { close(descriptor) }
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        // SQLite's pending, reserved and shared bytes.
        lock.l_start = 0x4000_0000
        lock.l_len = 512
        let isFree = fcntl(descriptor, F_SETLK, &lock) == 0
        guard isFree || ![EAGAIN, EACCES].contains(errno) else {
            throw EspalierError(
                .noInput, "the study was replaced while another process had it open", file: path,
                remedy: "close it there first")
        }
        return try foreign(path).compactMap { try setAside(path, $0) }
    }

    /// Suffixes of the side files that are not the study's. A log that is just being written or emptied is looked at again.
    static func foreign(_ path: String) -> [String] {
        for attempt in 0..<4 {
            if attempt > 0 { usleep(30_000) }
            guard let before = fileState(path) else { return [] }
            let log = LogGenerations(path: path + "-wal")
            guard let after = fileState(path), after.generation == before.generation else { continue }
            let suffixes = foreign(after, log, hasJournal: size(path + "-journal") > 0)
            if suffixes.isEmpty { return [] }
            if attempt == 3 { return suffixes }
        }
        return []
    }

    private static func foreign(_ file: FileState, _ log: LogGenerations, hasJournal: Bool) -> [String] {
        var suffixes: [String] = []
        if !log.isEmpty {
            // Studies of formats without generations have logs without: those are taken on trust.
            let belongs = file.generation.map(log.continues) ?? log.chain.isEmpty
            // The index of a log goes with it.
            if !belongs { suffixes += ["-wal", "-shm"] }
        }
        // A study is never written with a journal once it is in place.
        if hasJournal, file.usesLog || file.generation != nil { suffixes.append("-journal") }
        return suffixes
    }

    private struct FileState {
        let generation: FileGeneration?
        let usesLog: Bool
    }

    private static func fileState(_ path: String) -> FileState? {
        guard let file = OpenFile(path),
            let header = FileGeneration.bytes(of: file.descriptor, at: 0, count: 100),
            FileGeneration.pageSize(header) != nil
        else { return nil }
        return FileState(generation: FileGeneration(descriptor: file.descriptor), usesLog: header[19] == 2)
    }

    private static func setAside(_ path: String, _ suffix: String) throws -> String? {
        guard FileManager.default.fileExists(atPath: path + suffix) else { return nil }
        // The index is made again from the log, whoever needs it.
        if suffix == "-shm" {
            unlink(path + suffix)
            return nil
        }
        var number = 1
        while FileManager.default.fileExists(atPath: "\(path)\(suffix).\(number)") { number += 1 }
        let place = "\(path)\(suffix).\(number)"
        guard rename(path + suffix, place) == 0 else { throw AtomicFile.failure(place) }
        return "\(path)\(suffix) was left by another study and is set aside as \(place)"
    }

    static func size(_ path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    /// Removes a file of ours that is in nobody's way, with its side files.
    static func remove(_ path: String) {
        for suffix in ["", "-wal", "-shm", "-journal"] { unlink(path + suffix) }
    }
}
