import Foundation
import GRDB
import Runtime

/// The steps of opening a study's file.
struct StudyOpening {
    let place: String
    let file: OpenFile
    let queue: DatabaseQueue
    let isReadOnly: Bool
    /// Whether only one process at a time can have it open.
    let isAlone: Bool
    let notices: [String]
    let scratch: ScratchFolder?

    static func open(_ path: String, for access: StudyAccess) throws -> StudyOpening {
        let place = AtomicFile.target(of: path)
        guard mayBeWritten(place) else { return try readOnly(path, place) }
        var notices = try SideFiles.settle(place)
        if let older = try FileHeader(path, at: place).olderVersion {
            notices += try StudyMigration.run(path, at: place, from: older)
        }
        guard let file = OpenFile(place) else { throw cannotOpen(path) }
        var sharing = file.hasLocks ? FileSystem.sharing(of: place) : .none
        if sharing == .full, access == .writing, !file.own(within: StudyDatabase.patience) { throw held(file, path) }
        while true {
            do {
                let queue = try connect(place, sharing)
                if let sentence = sharing.sentence { notices.append("\(path): \(sentence)") }
                if sharing != .full { file.ownByOtherMeans() }
                return StudyOpening(
                    place: place, file: file, queue: queue, isReadOnly: false, isAlone: sharing != .full,
                    notices: notices, scratch: nil)
            } catch let error as DatabaseError {
                // A full disk has no room for the index of the log.
                let isFull = error.resultCode == .SQLITE_FULL || error.extendedResultCode == .SQLITE_IOERR_SHMSIZE
                if isFull, access == .reading { return try readOnly(path, place) }
                guard !isFull, error.resultCode == .SQLITE_IOERR || error.resultCode == .SQLITE_PROTOCOL,
                    let next = sharing.next
                else {
                    return try StudyDatabase.guarded(path, writing: isFull) { throw error }
                }
                sharing = next
            }
        }
    }

    /// A connection to a study that lies in place.
    /// - Parameter wait: how long it waits for others, in seconds.
    static func connect(
        _ place: String, _ sharing: StudySharing = .full, wait: Double = StudyDatabase.patience
    ) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.busyMode = .timeout(wait)
        configuration.prepareDatabase { database in
            database.add(function: RowChecksum.function)
            // Exclusive locking needs no shared memory.
            if sharing != .full { try database.execute(sql: "PRAGMA locking_mode = EXCLUSIVE") }
            // Commits wait for no disk, but for those that must survive a power cut: what they leave in the log is whole or
            // not there by its checksums. Folding, which is done at rest, syncs the log before it writes into the file.
            try database.execute(sql: "PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = OFF")
            if try String.fetchOne(database, sql: "PRAGMA journal_mode") != "wal" {
                try database.execute(sql: "PRAGMA journal_mode = WAL")
            }
        }
        // By its file system, not by `nolock`, which knows no log.
        let name = sharing == .none ? uri(place, "vfs=unix-none") : place
        let queue = try DatabaseQueue(path: name, configuration: configuration)
        // What SQLite puts off until the first page is asked for.
        try queue.read { _ = try Int.fetchOne($0, sql: "PRAGMA application_id") }
        return queue
    }

    /// A study that may not be written, as it is now.
    private static func readOnly(_ path: String, _ place: String) throws -> StudyOpening {
        let older = try FileHeader(path, at: place).olderVersion
        guard let file = OpenFile(place) else { throw cannotOpen(path) }
        func opened(_ queue: DatabaseQueue, _ scratch: ScratchFolder? = nil) -> StudyOpening {
            StudyOpening(
                place: place, file: file, queue: queue, isReadOnly: true, isAlone: false, notices: [], scratch: scratch)
        }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.prepareDatabase { $0.add(function: RowChecksum.function) }
        configuration.busyMode = .timeout(StudyDatabase.patience)
        let hasForeignLog = SideFiles.foreign(place).contains("-wal")
        let hasLog = SideFiles.size(place + "-wal") > 0 && !hasForeignLog
        let isLive = FileManager.default.fileExists(atPath: place + "-shm") && !hasForeignLog
        func connection(_ name: String) -> DatabaseQueue? {
            guard let queue = try? DatabaseQueue(path: name, configuration: configuration),
                (try? queue.read({ try Int.fetchOne($0, sql: "SELECT count(*) FROM document") })) != nil
            else { return nil }
            return queue
        }
        if older == nil, isLive, let queue = connection(place) { return opened(queue) }
        if older == nil, !isLive, !hasLog, let queue = connection(uri(place, "immutable=1")) { return opened(queue) }
        // Everything else needs files beside it: a copy can have them.
        let scratch = try ScratchFolder("espalier-read")
        let copy = scratch.path + "/study.espalier"
        try StudyCopy.bytes(of: place, withLog: hasLog, to: copy)
        if let older { _ = try StudyMigration.run(path, at: copy, from: older) }
        return opened(try StudyDatabase.guarded(path) { try connect(copy) }, scratch)
    }

    /// SQLite's name for a file that is to be opened in some way.
    private static func uri(_ place: String, _ query: String) -> String {
        var allowed = CharacterSet.urlPathAllowed
        allowed.remove(charactersIn: "?#%")
        return "file:" + (place.addingPercentEncoding(withAllowedCharacters: allowed) ?? place) + "?" + query
    }

    /// - Throws: `EspalierError` where a file is no study, or a newer one.
    static func checkFormat(_ path: String, at place: String) throws { _ = try FileHeader(path, at: place) }

    static func mayBeWritten(_ place: String) -> Bool {
        access(place, W_OK) == 0 && access(AtomicFile.folder(of: place), W_OK | X_OK) == 0
    }

    private static func cannotOpen(_ path: String) -> EspalierError {
        EspalierError(
            .noInput, "the study cannot be opened (\(String(cString: strerror(errno))))", file: path,
            remedy: "check that it may be read")
    }

    static func held(_ file: OpenFile, _ path: String) -> EspalierError {
        let holder = file.owner().map { " (process \($0))" } ?? ""
        return EspalierError(
            .noInput, "the study is open elsewhere\(holder)", file: path,
            remedy: "close it there, or work on a copy: `espalier copy \(path) TO`")
    }
}

/// The first bytes of a study's file.
private struct FileHeader {
    /// nil where the format is one that is read as it is.
    let olderVersion: Int?

    /// - Throws: `EspalierError` where it is no study, or a newer one.
    init(_ path: String, at place: String) throws {
        guard let file = OpenFile(place) else {
            throw EspalierError(
                .noInput, "the study cannot be opened (\(String(cString: strerror(errno))))", file: path,
                remedy: "check that it may be read")
        }
        let header = FileGeneration.bytes(of: file.descriptor, at: 0, count: 100) ?? []
        func number(_ offset: Int) -> Int { header[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
        guard FileGeneration.pageSize(header) != nil else {
            throw EspalierError(
                .data, "the file is not a study, or is damaged", file: path,
                remedy: "make one with `espalier fit SPEC`")
        }
        guard number(68) != PoolFile.applicationID else {
            throw EspalierError(
                .data, "this is a pool of experiments, not a study", file: path,
                remedy: "name it as effects.pool of a spec, or ask `espalier effects` for an --experiment of it")
        }
        guard number(68) == StudyDatabase.applicationID else {
            throw EspalierError(
                .data, "this is not an espalier study", file: path, remedy: "make one with `espalier fit SPEC`")
        }
        let version = number(60)
        guard version <= StudyDatabase.version else {
            throw EspalierError(
                .data, "the study has format \(version), newer than the \(StudyDatabase.version) known here",
                file: path,
                remedy: "update espalier")
        }
        olderVersion = version < StudyDatabase.oldestVersion ? version : nil
    }
}

/// A folder that goes with whoever holds it.
final class ScratchFolder: Sendable {
    let path: String

    /// - Throws: `EspalierError` (.cannotCreate).
    init(_ name: String) throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("\(name)-\(UUID().uuidString)").path
        guard mkdir(path, 0o700) == 0 else { throw AtomicFile.failure(path) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
