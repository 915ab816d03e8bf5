import Experiments
import Foundation
import GRDB
import Pooling
import Runtime

/// The file of a pool: SQLite of a kind of its own, written whole and never changed.
package struct PoolFile: Sendable, Equatable, Codable {
    /// What an experiment of the pool was read from.
    package struct Source: Sendable, Equatable, Codable {
        /// Path of its spec.
        package let spec: String
        package let unit: UnitIdentity
        /// Cost per unit in the outcome's unit, by arm and then by outcome.
        package let armCosts: [[Double]]

        package init(_ experiment: Experiment, spec: String) {
            self.spec = spec
            unit = experiment.spec.unit
            armCosts = experiment.arms.indices.map { arm in experiment.outcomes.map { $0.armCosts[arm] } }
        }
    }

    /// `PRAGMA application_id`: "ESPO".
    static let applicationID = 0x4553_504F
    /// `PRAGMA user_version` of the files written here.
    static let version = 1

    package let fit: PoolFit
    /// By experiment.
    package let sources: [Source]

    package init(fit: PoolFit, sources: [Source]) {
        self.fit = fit
        self.sources = sources
    }

    /// Whether a file says of itself that it is a pool.
    package static func isPool(_ path: String) -> Bool { identity(path) == applicationID }

    /// - Throws: `EspalierError` (.cannotCreate).
    package func write(to path: String) throws {
        let scratch = try ScratchFolder("espalier-pool")
        let place = scratch.path + "/pool"
        try Self.guarded(path) {
            let json = try JSONEncoder().encode(self)
            let queue = try DatabaseQueue(path: place)
            try queue.write { database in
                try database.execute(
                    sql: """
                        PRAGMA application_id = \(Self.applicationID);
                        PRAGMA user_version = \(Self.version);
                        CREATE TABLE document (name TEXT PRIMARY KEY, json BLOB NOT NULL, digest TEXT NOT NULL) WITHOUT ROWID
                        """)
                try database.execute(
                    sql: "INSERT INTO document VALUES ('pool', ?, ?)", arguments: [json, Self.digest(json)])
            }
            try queue.close()
        }
        try AtomicFile.write(Data(contentsOf: URL(fileURLWithPath: place)), to: path)
    }

    /// - Throws: `EspalierError`: no such file, no pool, a newer one, or not as it was written.
    package static func read(_ path: String) throws -> PoolFile {
        guard FileManager.default.fileExists(atPath: path) else {
            throw EspalierError(
                .noInput, "there is no such pool", file: path,
                remedy: "make one with `espalier pool SPEC... -o \(path)`")
        }
        let remedy = "make one with `espalier pool SPEC... -o FILE`"
        switch identity(path) {
        case applicationID: break
        case StudyDatabase.applicationID:
            throw EspalierError(
                .data, "this is a study of one experiment, not a pool of several", file: path, remedy: remedy)
        default: throw EspalierError(.data, "this is not a pool of experiments", file: path, remedy: remedy)
        }
        return try guarded(path) {
            var configuration = Configuration()
            configuration.readonly = true
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            let (version, row) = try queue.read { database in
                (
                    try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0,
                    try Row.fetchOne(database, sql: "SELECT json, digest FROM document WHERE name = 'pool'")
                )
            }
            guard version <= Self.version else {
                throw EspalierError(
                    .data, "the pool has format \(version), newer than the \(Self.version) known here", file: path,
                    remedy: "update espalier")
            }
            guard let json: Data = row?["json"], row?["digest"] == digest(json) else {
                throw DatabaseError(resultCode: .SQLITE_CORRUPT)
            }
            return try JSONDecoder().decode(PoolFile.self, from: json)
        }
    }

    private static func digest(_ data: Data) -> String {
        let hash = SHA256()
        data.withUnsafeBytes { hash.update($0) }
        return hash.finish()
    }

    /// The application id in an SQLite file's header; nil where it is none.
    private static func identity(_ path: String) -> Int? {
        guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? handle.close() }
        guard let header = try? handle.read(upToCount: 72), header.count == 72,
            header.starts(with: Data("SQLite format 3\0".utf8))
        else { return nil }
        return header[68..<72].reduce(0) { $0 << 8 | Int($1) }
    }

    private static func guarded<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch is DatabaseError {
            throw EspalierError(
                .data, "the pool is damaged", file: path,
                remedy: "make it again with `espalier pool SPEC... -o \(path)`")
        } catch is DecodingError {
            throw EspalierError(
                .data, "the pool is damaged", file: path,
                remedy: "make it again with `espalier pool SPEC... -o \(path)`")
        }
    }
}
