import Foundation
import GRDB
import Runtime

/// What a study is opened for.
package enum StudyAccess: Sendable {
    /// Everybody may read at any time. The first write asks for the study's one place for a writer.
    case reading
    /// The place for a writer is taken at once, and kept until the study is closed.
    case writing
}

/// The SQLite file below a study: opening, sharing, versions.
///
/// The file is in WAL mode and shared: any number of processes read consistent snapshots while one writes. Who writes holds
/// a lock of ours beside SQLite's for as long as the study is open, for what it has in memory must stay what the file holds.
/// Whenever work comes to rest the log is folded into the file, so that the file alone holds what was shown as done.
final class StudyDatabase: Sendable {
    /// `PRAGMA user_version` of the files written here: format 6 has policies of other kinds than linear, format 7 packed arrays.
    static let version = 7
    /// Files from this version on are read as they are.
    static let oldestVersion = 5
    /// `PRAGMA application_id`: "ESPL".
    static let applicationID = 0x4553_504C
    /// How long readers and writers wait for each other, in seconds.
    static let patience = 5.0

    let path: String
    let queue: DatabaseQueue
    /// Whether it cannot be written, by anybody or by this user.
    let isReadOnly: Bool
    /// What was found and done on opening, a sentence each.
    let notices: [String]
    private let continuity: FileContinuity
    private let log: LogFolding?
    /// Where a copy lies that is read in place of a file that cannot be.
    private let scratch: ScratchFolder?

    /// Opens an existing study, after bringing it up to date.
    /// - Throws: `EspalierError`, also where a row is not as it was written.
    init(path: String, for access: StudyAccess = .reading) throws {
        guard FileManager.default.fileExists(atPath: path) else {
            throw EspalierError(
                .noInput, "there is no such study", file: path, remedy: "make one with `espalier fit SPEC -o \(path)`")
        }
        let opened = try StudyOpening.open(path, for: access)
        self.path = path
        queue = opened.queue
        isReadOnly = opened.isReadOnly
        notices = opened.notices
        scratch = opened.scratch
        let (last, damaged) = try Self.guarded(path) {
            try opened.queue.read { (try Self.generation($0), try RowChecksum.damagedTable($0)) }
        }
        if let damaged {
            throw EspalierError(
                .data, "the study's table \(damaged) is not as it was written", file: path,
                remedy: "put a copy of it in its place, or make it again with `espalier fit SPEC`")
        }
        continuity = FileContinuity(opened.file, at: opened.place, last: last)
        log = opened.isReadOnly ? nil : LogFolding(continuity, through: opened.isAlone ? opened.queue : nil)
    }

    deinit {
        log?.stop()
        try? queue.inDatabase { try $0.execute(sql: "PRAGMA synchronous = NORMAL") }
        // SQLite folds the log into the file when its last connection is closed, and removes the log by its name, whatever has
        // become of the file and of the name meanwhile. A file that is not ours any more is left open until the process ends.
        if isReadOnly || continuity.replacement == nil { try? queue.close() } else { _ = Unmanaged.passRetained(queue) }
    }

    /// Makes a new file with the tables of this version, to be filled, sealed and put in place.
    static func create(_ path: String) throws -> DatabaseQueue {
        try guarded(path, writing: true) {
            var configuration = Configuration()
            configuration.prepareDatabase { database in
                database.add(function: RowChecksum.function)
                // Nobody knows of the file until it is complete.
                try database.execute(
                    sql: """
                        PRAGMA page_size = 4096; PRAGMA auto_vacuum = NONE; PRAGMA locking_mode = EXCLUSIVE;
                        PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF
                        """)
            }
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.write(makeTables)
            return queue
        }
    }

    /// Ends the filling of a new file: in the form in which it will be opened, without side files.
    static func seal(_ queue: DatabaseQueue, _ path: String) throws {
        try guarded(path, writing: true) {
            try queue.inDatabase { try $0.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA locking_mode = NORMAL") }
            try queue.close()
        }
    }

    /// Brings all of the log into the file, so that the file alone can be kept.
    func fold() throws {
        guard !isReadOnly, continuity.replacement == nil else { return }
        try Self.guarded(path, writing: true) {
            try queue.inDatabase { _ = try $0.checkpoint(.truncate) }
        }
    }

    // MARK: Reading and writing

    /// - Throws: `EspalierError`, also where another file was written into a study that is ours to write: what is read would be
    ///   of both.
    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        if !isReadOnly, continuity.file.isOurs, continuity.replacement == .overwritten {
            throw StudyReplacement.overwritten.error(path)
        }
        return try Self.guarded(path) { try queue.read(body) }
    }

    /// Runs a write that survives the end of the process, whatever ends it; errors become sentences.
    func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try own()
        let value = try Self.guarded(path, writing: true) {
            try queue.write { try advancing($0, body) }
        }
        log?.wrote()
        return value
    }

    /// Runs a write whose result must survive a power cut: candidates, picks, fits and exports.
    func writeDurably<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try own()
        let value = try Self.guarded(path, writing: true) {
            // In one go: writes of other jobs wait, and cannot take the sync back between its setting and the commit.
            try queue.inDatabase { database in
                try database.execute(sql: "PRAGMA synchronous = FULL")
                defer { try? database.execute(sql: "PRAGMA synchronous = OFF") }
                var values: [Value] = []
                try database.inTransaction(.immediate) {
                    values.append(try advancing(database, body))
                    return .commit
                }
                return values[0]
            }
        }
        log?.wrote()
        return value
    }

    /// One transaction: into the file that the path means and that the log continues, under a new generation.
    private func advancing<Value>(_ database: Database, _ body: (Database) throws -> Value) throws -> Value {
        if let problem = continuity.replacement { throw problem.error(path) }
        let value = try body(database)
        var random = SystemRandomNumberGenerator()
        let generation = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        try database.cachedStatement(sql: FileGeneration.advance).execute(arguments: [Data(generation)])
        database.afterNextTransaction { [continuity] _ in continuity.last = generation }
        return value
    }

    private static func generation(_ database: Database) throws -> [UInt8] {
        guard let generation = try Data.fetchOne(database, sql: "SELECT generation FROM generation") else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT)
        }
        return [UInt8](generation)
    }

    /// Takes the study's one place for a writer.
    /// - Throws: `EspalierError` where it may not be written, another has the place, or the study has changed since it was
    ///   opened.
    private func own() throws {
        guard !isReadOnly else {
            throw EspalierError(
                .cannotCreate, "the study may not be written", file: path,
                remedy: "work on a copy: `espalier copy \(path) TO`")
        }
        guard !continuity.file.isOurs else { return }
        guard continuity.file.own(within: Self.patience) else { throw StudyOpening.held(continuity.file, path) }
        let now = try Self.guarded(path) { try queue.read(Self.generation) }
        guard continuity.last == now else {
            throw EspalierError(
                .noInput, "the study was changed by another process meanwhile", file: path,
                remedy: "do the same again")
        }
    }

    /// What has become of the file since it was opened; nil where it is what it was.
    func replacement() -> StudyReplacement? { isReadOnly ? nil : continuity.replacement }

    /// SQLite's word on the file's structure: "ok", or what is wrong.
    func quickCheck() throws -> String {
        try read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") ?? "no answer" }
    }

    /// Errors of SQLite as one sentence; those of ours as they are.
    static func guarded<Value>(_ path: String, writing: Bool = false, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            switch error.resultCode {
            case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL:
                throw EspalierError(
                    .noInput, "the study is open elsewhere", file: path,
                    remedy: "close it there, or work on a copy: `espalier copy \(path) TO`")
            case .SQLITE_NOTADB, .SQLITE_CORRUPT, .SQLITE_FORMAT:
                throw EspalierError(
                    .data, "the file is not a study, or is damaged", file: path,
                    remedy: "make it again with `espalier fit SPEC`")
            case .SQLITE_FULL:
                throw EspalierError(
                    .cannotCreate, "the study's disk is full", file: path, remedy: "make room there")
            case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_IOERR, .SQLITE_PERM:
                throw EspalierError(
                    writing ? .cannotCreate : .noInput, "the study cannot be \(writing ? "written" : "opened")",
                    file: path, remedy: "check that the folder exists, may be written and has room")
            default:
                throw EspalierError(
                    .data, "the study cannot be read (\(error.message ?? "SQLite error \(error.resultCode.rawValue)"))",
                    file: path, remedy: "make it again with `espalier fit SPEC`")
            }
        } catch is DecodingError {
            throw EspalierError(
                .data, "what the study holds cannot be read", file: path,
                remedy: "put a copy of it in its place, or make it again with `espalier fit SPEC`")
        }
    }
}

/// What can become of a study's file while it is open.
package enum StudyReplacement: Sendable {
    /// Its path leads nowhere.
    case removed
    /// Its path leads to another file.
    case replaced
    /// Other bytes were written into it.
    case overwritten

    /// - Parameter path: the study's.
    package func error(_ path: String) -> EspalierError {
        let what =
            switch self {
            case .removed: "the study's file was removed while it was open"
            case .replaced, .overwritten: "another file was put in the study's place while it was open"
            }
        return EspalierError(.cannotCreate, what, file: path, remedy: "save the study elsewhere before leaving")
    }
}
