import Foundation
import GRDB

/// What happened since the last commit, to be kept in one transaction: entries of the log, where the analyst is, and the
/// changed ends of the stacks that undo and redo go through.
package struct StudyCommit: Sendable {
    /// The end of a stack: steps after the first `kept` are replaced by `added`.
    package struct StackEnd: Sendable {
        package let stack: String
        package let kept: Int
        package let added: [Data]

        package init(stack: String, kept: Int, added: [Data]) {
            self.stack = stack
            self.kept = kept
            self.added = added
        }
    }

    package let entries: [Data]
    package let savedView: Data
    package let stacks: [StackEnd]

    package init(entries: [Data], savedView: Data, stacks: [StackEnd]) {
        self.entries = entries
        self.savedView = savedView
        self.stacks = stacks
    }
}

/// Where the analyst was when the study was last open.
package struct StudyResume: Sendable {
    package let savedView: Data
    /// Steps by stack, the oldest first.
    package let stacks: [String: [Data]]
    /// Whether a command has written to the study's log since.
    package let isOvertaken: Bool
}

/// One line of the log, as it is stored.
package struct StoredEntry: Sendable, Equatable {
    package let sequence: Int
    /// ISO 8601, UTC; nil in studies from before times were kept.
    package let time: String?
    package let json: Data
}

extension StudyFile {
    /// Keeps what happened; it survives kill -9 once this returns.
    package func commit(_ commit: StudyCommit) throws {
        try database.write { database in
            for entry in commit.entries { try Self.log(entry, in: database) }
            try database.execute(
                sql: "INSERT OR REPLACE INTO place SELECT 1, coalesce(max(sequence), 0), ? FROM action",
                arguments: [commit.savedView])
            for end in commit.stacks {
                try database.execute(
                    sql: "DELETE FROM step WHERE stack = ? AND place >= ?", arguments: [end.stack, end.kept])
                for (offset, step) in end.added.enumerated() {
                    try database.execute(
                        sql: "INSERT INTO step VALUES (?, ?, ?)", arguments: [end.stack, end.kept + offset, step])
                }
            }
        }
    }

    /// Where the analyst was; nil in a study nobody has looked into yet.
    package func resume() throws -> StudyResume? {
        try database.read { database in
            guard let row = try Row.fetchOne(database, sql: "SELECT * FROM place") else { return nil }
            var stacks: [String: [Data]] = [:]
            for step in try Row.fetchAll(database, sql: "SELECT stack, json FROM step ORDER BY stack, place") {
                stacks[step["stack"], default: []].append(step["json"])
            }
            let last = try Int.fetchOne(database, sql: "SELECT coalesce(max(sequence), 0) FROM action") ?? 0
            let known: Int = row["sequence"]
            return StudyResume(savedView: row["json"], stacks: stacks, isOvertaken: last > known)
        }
    }

    /// Appends an entry (JSON) to the study's log; it survives kill -9 once this returns.
    package func log(_ entry: Data) throws {
        try database.write { try Self.log(entry, in: $0) }
    }

    private static func log(_ entry: Data, in database: Database) throws {
        try database.execute(
            sql: "INSERT INTO action (json, time) VALUES (?, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))",
            arguments: [entry])
    }

    /// The log, oldest first.
    package func entries() throws -> [StoredEntry] {
        try database.read { database in
            try Row.fetchAll(database, sql: "SELECT sequence, time, json FROM action ORDER BY sequence").map {
                StoredEntry(sequence: $0["sequence"], time: $0["time"], json: $0["json"])
            }
        }
    }

    /// Leaves the fit alone of the study: no candidates, picks, fronts, looks, log or undo.
    package func forgetDecisions() throws {
        try database.write { database in
            for table in ["estimate", "evaluation", "candidate", "front", "look", "action", "step", "place"] {
                try database.execute(sql: "DELETE FROM \(table)")
            }
            // Ids start anew, as in a study just fitted.
            try database.execute(sql: "DELETE FROM sqlite_sequence WHERE name = 'candidate'")
        }
    }
}
