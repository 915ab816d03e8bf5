import Foundation
import GRDB
import Policies

extension StudyDatabase {
    /// Brings an older study to this version's format in one transaction, after keeping a copy beside it.
    func migrate() throws {
        let found = try queue.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
        guard found < Self.version else { return }
        let copy = "\(path).v\(found)"
        try? FileManager.default.removeItem(atPath: copy)
        // SQLite copies itself: reading the file past it would drop the lock that tells a second opener.
        try queue.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [copy]) }
        try queue.write { database in
            if found < 2 { try Self.toFormat2(database) }
            try Self.toFormat3(database)
            try database.execute(sql: "PRAGMA user_version = \(Self.version)")
        }
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
}
