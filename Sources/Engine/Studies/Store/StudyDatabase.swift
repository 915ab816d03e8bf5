import Foundation
import GRDB
import Runtime

/// The SQLite file below a study: opening, locking, versions, chunked blobs and JSON documents.
final class StudyDatabase: Sendable {
    /// `PRAGMA user_version` of the files written here.
    static let version = 3
    /// `PRAGMA application_id`: "ESPL".
    private static let applicationID = 0x4553_504C
    private static let chunkBytes = 4 << 20

    let path: String
    let queue: DatabaseQueue

    /// Opens an existing study, for one opener at a time.
    init(path: String) throws {
        self.path = path
        guard FileManager.default.fileExists(atPath: path) else {
            throw EspalierError(
                .noInput, "there is no such study", file: path, remedy: "make one with `espalier fit SPEC -o \(path)`")
        }
        queue = try Self.guarded(path) { try DatabaseQueue(path: path, configuration: Self.configuration()) }
        try Self.guarded(path) {
            try queue.write { database in
                let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
                let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
                guard application == Self.applicationID else {
                    throw EspalierError(
                        .data, "this is not an espalier study", file: path,
                        remedy: "make one with `espalier fit SPEC`")
                }
                guard version <= Self.version else {
                    throw EspalierError(
                        .data, "the study has format \(version), newer than the \(Self.version) known here", file: path,
                        remedy: "update espalier")
                }
            }
        }
        try Self.guarded(path, writing: true) { try migrate() }
    }

    /// Makes a new file with the tables of this version.
    init(creating path: String) throws {
        self.path = path
        queue = try Self.guarded(path, writing: true) {
            try DatabaseQueue(path: path, configuration: Self.configuration())
        }
        try Self.guarded(path, writing: true) { try queue.write(Self.makeTables) }
    }

    /// Whether another process has the file open; an old study that is asked about is not brought up to date by it.
    static func isOpenElsewhere(_ path: String) -> Bool {
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration())
            try queue.write { _ = try Int.fetchOne($0, sql: "PRAGMA application_id") }
            return false
        } catch let error as DatabaseError {
            return [.SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode)
        } catch {
            return false
        }
    }

    private static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.prepareDatabase { database in
            // Exclusive locking needs no shared memory, so network homes work; it also tells a second opener.
            try database.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            try database.execute(sql: "PRAGMA synchronous = NORMAL")
        }
        return configuration
    }

    private static func makeTables(_ database: Database) throws {
        try database.execute(
            sql: """
                PRAGMA application_id = \(applicationID);
                PRAGMA user_version = \(version);
                CREATE TABLE document (name TEXT PRIMARY KEY, json BLOB NOT NULL) WITHOUT ROWID;
                CREATE TABLE array (
                    name TEXT NOT NULL, chunk INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (name, chunk)
                );
                \(candidateTables)
                CREATE TABLE front (search INTEGER PRIMARY KEY, json BLOB NOT NULL);
                CREATE TABLE look (sequence INTEGER PRIMARY KEY, split TEXT NOT NULL, what TEXT NOT NULL);
                \(logTables)
                """)
    }

    /// Candidates and their estimates, by (candidate, fit, source, split, estimator, horizon, outcome).
    static let candidateTables = """
        CREATE TABLE candidate (
            id INTEGER PRIMARY KEY AUTOINCREMENT, origin BLOB NOT NULL, knobs BLOB, policy BLOB NOT NULL,
            note TEXT NOT NULL DEFAULT '', picked INTEGER NOT NULL DEFAULT 0, hidden INTEGER NOT NULL DEFAULT 0
        );
        CREATE TABLE evaluation (
            candidate INTEGER NOT NULL REFERENCES candidate(id), fit INTEGER NOT NULL, source TEXT NOT NULL,
            split TEXT NOT NULL, estimator TEXT NOT NULL, horizon TEXT NOT NULL, json BLOB NOT NULL,
            PRIMARY KEY (candidate, fit, source, split, estimator, horizon)
        );
        CREATE TABLE estimate (
            candidate INTEGER NOT NULL REFERENCES candidate(id), fit INTEGER NOT NULL, source TEXT NOT NULL,
            split TEXT NOT NULL, estimator TEXT NOT NULL, horizon TEXT NOT NULL, outcome TEXT NOT NULL, value REAL,
            standard_error REAL, difference REAL, difference_error REAL,
            PRIMARY KEY (candidate, fit, source, split, estimator, horizon, outcome)
        );
        """

    /// The log, the decisions, the steps undo and redo go through, and the view that was saved last.
    static let logTables = """
        CREATE TABLE entry (sequence INTEGER PRIMARY KEY, time TEXT, kind TEXT NOT NULL, json BLOB NOT NULL);
        CREATE TABLE decisions (id INTEGER PRIMARY KEY CHECK (id = 1), json BLOB NOT NULL);
        CREATE TABLE step (
            stack TEXT NOT NULL, position INTEGER NOT NULL, json BLOB NOT NULL, PRIMARY KEY (stack, position)
        ) WITHOUT ROWID;
        CREATE TABLE view (id INTEGER PRIMARY KEY CHECK (id = 1), json BLOB NOT NULL);
        """

    /// Runs a write; errors become sentences.
    func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try Self.guarded(path, writing: true) { try queue.write(body) }
    }

    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try Self.guarded(path) { try queue.read(body) }
    }

    /// Runs a write whose result must survive a power cut: candidates, picks, fits and exports.
    func writeDurably<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try Self.guarded(path, writing: true) {
            // In one go: writes of other jobs wait, and cannot take the sync back between its setting and the commit.
            try queue.inDatabase { database in
                try database.execute(sql: "PRAGMA synchronous = FULL")
                defer { try? database.execute(sql: "PRAGMA synchronous = NORMAL") }
                var values: [Value] = []
                try database.inTransaction(.immediate) {
                    values.append(try body(database))
                    return .commit
                }
                return values[0]
            }
        }
    }

    /// SQLite's word on the file's structure: "ok", or what is wrong.
    func quickCheck() throws -> String {
        try read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") ?? "no answer" }
    }

    /// Errors of SQLite as one sentence; those of ours as they are.
    private static func guarded<Value>(_ path: String, writing: Bool = false, _ body: () throws -> Value) throws
        -> Value
    {
        do {
            return try body()
        } catch let error as DatabaseError {
            switch error.resultCode {
            case .SQLITE_BUSY, .SQLITE_LOCKED:
                throw EspalierError(
                    .noInput, "the study is open elsewhere", file: path,
                    remedy: "close it there, or open a copy with --copy")
            case .SQLITE_NOTADB, .SQLITE_CORRUPT:
                throw EspalierError(
                    .data, "the file is not a study, or is damaged", file: path,
                    remedy: "make it again with `espalier fit SPEC`")
            case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_PERM:
                throw EspalierError(
                    writing ? .cannotCreate : .noInput, "the study cannot be \(writing ? "written" : "opened")",
                    file: path, remedy: "check that the folder exists, may be written and has room")
            default:
                throw EspalierError(
                    .data, "the study cannot be read (\(error.message ?? "SQLite error \(error.resultCode.rawValue)"))",
                    file: path, remedy: "make it again with `espalier fit SPEC`")
            }
        }
    }

    // MARK: Documents and arrays

    static func put(_ value: some Encodable, named name: String, in database: Database) throws {
        let json = try JSONEncoder().encode(value)
        try database.execute(
            sql: "INSERT OR REPLACE INTO document (name, json) VALUES (?, ?)", arguments: [name, json])
    }

    func document<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
        try read { database in
            guard
                let json = try Data.fetchOne(
                    database, sql: "SELECT json FROM document WHERE name = ?", arguments: [name]),
                let value = try? JSONDecoder().decode(Value.self, from: json)
            else {
                throw EspalierError(
                    .data, "the study lacks a readable \(name)", file: path,
                    remedy: "make it again with `espalier fit SPEC`")
            }
            return value
        }
    }

    /// Stores an array of plain numbers in chunks, in the machine's byte order (little-endian on all hosts supported).
    static func put<Element: BitwiseCopyable>(array: [Element], named name: String, in database: Database) throws {
        try array.withUnsafeBytes { bytes in
            var chunk = 0
            for start in stride(from: 0, to: max(1, bytes.count), by: chunkBytes) {
                let part = bytes[start..<min(start + chunkBytes, bytes.count)]
                try database.execute(
                    sql: "INSERT OR REPLACE INTO array (name, chunk, bytes) VALUES (?, ?, ?)",
                    arguments: [name, chunk, Data(part)])
                chunk += 1
            }
        }
    }

    /// - Throws: `EspalierError` (.data) where the array's length is not `count`.
    func array<Element: BitwiseCopyable>(_ name: String, count: Int, zero: Element) throws -> [Element] {
        try read { database in
            var result = [Element](repeating: zero, count: count)
            let complete = try result.withUnsafeMutableBytes { buffer in
                var offset = 0
                let rows = try Row.fetchCursor(
                    database, sql: "SELECT bytes FROM array WHERE name = ? ORDER BY chunk", arguments: [name])
                while let row = try rows.next() {
                    let fits = try row.withUnsafeData(atIndex: 0) { data -> Bool in
                        guard let data, offset + data.count <= buffer.count else { return data == nil }
                        data.copyBytes(to: UnsafeMutableRawBufferPointer(rebasing: buffer[offset...]))
                        offset += data.count
                        return true
                    }
                    if !fits { return false }
                }
                return offset == buffer.count
            }
            guard complete else {
                throw EspalierError(
                    .data, "the study's array \(name) has the wrong length", file: path,
                    remedy: "make it again with `espalier fit SPEC`")
            }
            return result
        }
    }
}
