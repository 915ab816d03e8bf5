import Foundation
import GRDB
import Policies
import Runtime

/// Brings an older study to today's format: it is written anew and put in the place of the old file, which stays beside it.
enum StudyMigration {
    /// - Parameter path: the study as it was named.
    /// - Returns: what was done, a sentence.
    static func run(_ path: String, at place: String, from version: Int) throws -> [String] {
        let reservation = try StudyReservation(place)
        let older = reservation.partial + ".older"
        SideFiles.remove(older)
        defer { SideFiles.remove(older) }
        try StudyDatabase.guarded(path, writing: true) {
            let old = try StudyOpening.connect(place, .alone)
            // SQLite copies itself, log and all.
            try old.writeWithoutTransaction {
                try $0.execute(sql: "VACUUM INTO ?", arguments: [older])
                _ = try $0.checkpoint(.truncate)
            }
            try old.close()
            let copy = try DatabaseQueue(path: older)
            try copy.write { database in
                if version < 2 { try toFormat2(database) }
                if version < 3 { try toFormat3(database) }
            }
            try copy.close()
            let fresh = try StudyDatabase.create(reservation.partial)
            try fresh.inDatabase { database in
                try database.execute(sql: "ATTACH ? AS older", arguments: [older])
                try database.inTransaction {
                    try toFormat5(database)
                    return .commit
                }
                try database.execute(sql: "DETACH older")
            }
            try StudyDatabase.seal(fresh, reservation.partial)
        }
        let kept = "\(place).v\(version)"
        try? FileManager.default.removeItem(atPath: kept)
        if link(place, kept) != 0 { try StudyCopy.bytes(of: place, withLog: false, to: kept) }
        try reservation.put()
        return ["\(path) was brought to format \(StudyDatabase.version); it is kept as it was in \(kept)"]
    }

    /// Format 4 has generations and checksums, format 5 checksums of undo and views too, and says what looks saw.
    private static func toFormat5(_ database: Database) throws {
        database.add(function: RowChecksum.function)
        database.add(
            function: DatabaseFunction("checksum", argumentCount: 1, pure: true) {
                StudyDatabase.checksum(Data.fromDatabaseValue($0[0]) ?? Data())
            })
        try database.execute(
            sql: """
                INSERT INTO main.document SELECT name, json, checksum(json) FROM older.document;
                INSERT INTO main.array SELECT name, chunk, bytes, checksum(bytes) FROM older.array;
                """)
        for (table, columns) in [
            ("candidate", "id, origin, knobs, policy, note, picked, hidden"),
            ("evaluation", "candidate, fit, source, split, estimator, horizon, json"),
            ("estimate", "*"), ("front", "search, json"), ("look", "sequence, split, what"),
            ("entry", "sequence, time, kind, json"), ("decisions", "id, json"), ("step", "stack, position, json"),
            ("view", "id, json"),
        ] {
            let into = columns == "*" ? "" : " (\(columns))"
            try database.execute(sql: "INSERT INTO main.\(table)\(into) SELECT \(columns) FROM older.\(table)")
        }
        // The ids that were given stay given, also those of candidates that are gone.
        try database.execute(
            sql: """
                DELETE FROM main.sqlite_sequence;
                INSERT INTO main.sqlite_sequence SELECT * FROM older.sqlite_sequence WHERE name = 'candidate';
                """)
    }
    /// Format 2 kept times, results beside actions, where the analyst was, and the steps of undo.
    private static func toFormat2(_ database: Database) throws {
        try database.execute(
            sql: """
                ALTER TABLE action ADD COLUMN time TEXT;
                UPDATE action SET json = CAST('{"action":{"_0":' || CAST(json AS TEXT) || '}}' AS BLOB);
                CREATE TABLE step (
                    stack TEXT NOT NULL, place INTEGER NOT NULL, json BLOB NOT NULL, PRIMARY KEY (stack, place)
                ) WITHOUT ROWID;
                CREATE TABLE place (
                    id INTEGER PRIMARY KEY CHECK (id = 1), sequence INTEGER NOT NULL, json BLOB NOT NULL
                );
                """)
    }

    /// Format 3 names the kind of every entry, keeps decisions apart from the view, and keys estimates by horizon too.
    private static func toFormat3(_ database: Database) throws {
        try database.execute(
            sql: """
                ALTER TABLE candidate RENAME TO candidate2;
                ALTER TABLE evaluation RENAME TO evaluation2;
                ALTER TABLE estimate RENAME TO estimate2;
                ALTER TABLE step RENAME TO step2;
                \(candidateTables)
                \(logTables)
                INSERT INTO candidate (id, origin, knobs, policy, note, picked, hidden)
                    SELECT id, origin, knobs, policy, note, picked, hidden FROM candidate2;
                INSERT INTO evaluation SELECT candidate, fit, '\(EstimateKey.log)', split, estimator,
                    '\(EstimateKey.ownHorizon)', json FROM evaluation2;
                INSERT INTO estimate SELECT candidate, fit, '\(EstimateKey.log)', split, estimator,
                    '\(EstimateKey.ownHorizon)', outcome, value, standard_error, difference, difference_error FROM estimate2;
                INSERT INTO step SELECT stack, place, json FROM step2;
                INSERT INTO view SELECT 1, json FROM place;
                """)
        // The ids that were given stay given, also those of candidates that are gone.
        try database.execute(
            sql: """
                UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'candidate2')
                    WHERE name = 'candidate' AND EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'candidate2');
                """)
        let rows = try Row.fetchAll(database, sql: "SELECT sequence, time, json FROM action ORDER BY sequence")
        for row in rows {
            let json: Data = row["json"]
            // What cannot be read is kept as it is, under a kind that says so.
            let entry = Format2Entry.converted(json) ?? LogEntry(kind: LogEntry.unknown, json: json)
            try database.execute(
                sql: "INSERT INTO entry (sequence, time, kind, json) VALUES (?, ?, ?, ?)",
                arguments: [row["sequence"], row["time"], entry.kind, entry.json])
        }
        try keepDecisions(of: database, lastEntry: rows.last?["sequence"] ?? 0)
        try database.execute(
            sql: """
                DROP TABLE evaluation2; DROP TABLE estimate2; DROP TABLE candidate2; DROP TABLE step2; DROP TABLE action;
                DROP TABLE place;
                """)
    }

    /// Takes the decisions out of the view. Where a command had written since it was kept, its picks and candidates count.
    private static func keepDecisions(of database: Database, lastEntry: Int) throws {
        struct View: Decodable {
            let decisions: Decisions
        }
        guard let place = try Row.fetchOne(database, sql: "SELECT sequence, json FROM place"),
            let json: Data = place["json"], let view = try? JSONDecoder().decode(View.self, from: json)
        else { return }
        var decisions = view.decisions
        let known: Int = place["sequence"]
        if lastEntry > known {
            decisions.picked = Set(
                try Int.fetchAll(database, sql: "SELECT id FROM candidate WHERE picked = 1 AND hidden = 0"))
            decisions.hidden = Set(try Int.fetchAll(database, sql: "SELECT id FROM candidate WHERE hidden = 1"))
        }
        try StudyTransaction(database).save(decisions)
    }

    // MARK: The tables of format 3

    /// Candidates and their estimates, by (candidate, fit, source, split, estimator, horizon, outcome).
    private static let candidateTables = """
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
    private static let logTables = """
        CREATE TABLE entry (sequence INTEGER PRIMARY KEY, time TEXT, kind TEXT NOT NULL, json BLOB NOT NULL);
        CREATE TABLE decisions (id INTEGER PRIMARY KEY CHECK (id = 1), json BLOB NOT NULL);
        CREATE TABLE step (
            stack TEXT NOT NULL, position INTEGER NOT NULL, json BLOB NOT NULL, PRIMARY KEY (stack, position)
        ) WITHOUT ROWID;
        CREATE TABLE view (id INTEGER PRIMARY KEY CHECK (id = 1), json BLOB NOT NULL);
        """
}
