import Foundation
import GRDB

extension StudyDatabase {
    /// Where the analyst was, and the steps undo and redo go through (format 2).
    static let resumeTables = """
        CREATE TABLE step (
            stack TEXT NOT NULL, place INTEGER NOT NULL, json BLOB NOT NULL, PRIMARY KEY (stack, place)
        ) WITHOUT ROWID;
        CREATE TABLE place (id INTEGER PRIMARY KEY CHECK (id = 1), sequence INTEGER NOT NULL, json BLOB NOT NULL);
        """

    /// Brings an older study to this version's format in one transaction, after keeping a copy beside it.
    func migrate() throws {
        let found = try queue.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
        guard found < Self.version else { return }
        let copy = "\(path).v\(found)"
        try? FileManager.default.removeItem(atPath: copy)
        // SQLite copies itself: reading the file past it would drop the lock that tells a second opener.
        try queue.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [copy]) }
        try queue.write { database in
            if found < 2 {
                try database.execute(
                    sql: """
                        ALTER TABLE action ADD COLUMN time TEXT;
                        UPDATE action SET json = CAST('{"action":{"_0":' || CAST(json AS TEXT) || '}}' AS BLOB);
                        \(Self.resumeTables)
                        """)
            }
            try database.execute(sql: "PRAGMA user_version = \(Self.version)")
        }
    }
}
