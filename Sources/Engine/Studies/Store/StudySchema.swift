import GRDB

/// The tables of a study's file as SQL, with a word on each.
package enum StudySchema {
    private static let words = [
        "array":
            "Per-unit arrays, tune units first, in chunks of 4 MiB of little-endian numbers, the last one of what is left. One that is\n"
            + "-- shorter than its numbers is packed: how many of them are distinct (4 bytes), these (4 bytes each), then for each\n"
            + "-- number its place among them (no bytes for 1, 1 byte up to 256, else 2). Checksums are of the numbers.",
        "candidate": "Policies that were kept; knobs and policy are JSON.",
        "decisions": "What is decided at present: marks, pins, settings.",
        "document": "What was fitted, as JSON: the description with its spec, trees, models, health.",
        "entry": "The log of actions, as `espalier log` writes it.",
        "estimate": "Figures of every evaluation, to be asked by SQL.",
        "evaluation": "What was estimated of a candidate, as JSON.",
        "front": "Searched fronts, as JSON.",
        "generation": "Counts the writers of the file.",
        "look": "Looks at the confirm split.",
        "step": "What undo and redo go through.",
        "view": "What the workbench showed last.",
    ]

    /// - Throws: what SQLite throws, which no study has caused.
    package static func text() throws -> String {
        let queue = try DatabaseQueue()
        let tables = try queue.write { database -> [(name: String, sql: String)] in
            try StudyDatabase.makeTables(database)
            return try Row.fetchAll(
                database,
                sql:
                    "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            ).map { ($0["name"], $0["sql"]) }
        }
        let head =
            "-- An Espalier study is an SQLite file: application_id \(StudyDatabase.applicationID), user_version "
            + "\(StudyDatabase.version).\n-- Open it read-only; checksums are kept by triggers.\n"
        return head
            + tables.map { table in
                "\n" + (words[table.name].map { "-- \($0)\n" } ?? "") + table.sql + ";\n"
            }.joined()
    }
}
