import Foundation
import GRDB

/// A checksum on every row that holds figures, decisions, steps of undo or a view, kept by triggers and compared when a study
/// is opened: a flipped bit must not become another figure.
enum RowChecksum {
    private struct Table {
        let name: String
        let key: [String]
        let columns: [String]
        /// Whether a study that has lost one of its rows is refused; of the others, what is damaged is left out.
        var isVital = true

        var checksum: String { "row_checksum(\(columns.joined(separator: ", ")))" }
    }

    private static let tables = [
        Table(
            name: "candidate", key: ["id"],
            columns: ["id", "origin", "knobs", "policy", "note", "picked", "hidden"]),
        Table(
            name: "evaluation", key: ["candidate", "fit", "source", "split", "estimator", "horizon"],
            columns: ["candidate", "fit", "source", "split", "estimator", "horizon", "json"]),
        Table(name: "front", key: ["search"], columns: ["search", "json"]),
        Table(
            name: "look", key: ["sequence"], columns: ["sequence", "split", "what", "fit", "subject", "units"]),
        Table(name: "entry", key: ["sequence"], columns: ["sequence", "time", "kind", "json"]),
        Table(name: "decisions", key: ["id"], columns: ["id", "json"]),
        Table(
            name: "step", key: ["stack", "position"], columns: ["stack", "position", "json"], isVital: false),
        Table(name: "view", key: ["id"], columns: ["id", "json"], isVital: false),
    ]

    /// Any number of values of any type.
    static let function = DatabaseFunction("row_checksum", argumentCount: nil, pure: true) { values in
        var bytes = Data()
        func append(_ type: UInt8, _ value: some Sequence<UInt8>, count: Int = 8) {
            bytes.append(type)
            withUnsafeBytes(of: count.littleEndian) { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: value)
        }
        for value in values {
            switch value.storage {
            case .null: append(0, [])
            case .int64(let number): withUnsafeBytes(of: number.littleEndian) { append(1, $0) }
            case .double(let number): withUnsafeBytes(of: number.bitPattern.littleEndian) { append(2, $0) }
            case .string(let text): append(3, text.utf8, count: text.utf8.count)
            case .blob(let data): append(4, data, count: data.count)
            }
        }
        return StudyDatabase.checksum(bytes)
    }

    /// What keeps the column `checksum` of every table.
    static var triggers: String {
        tables.map { table in
            let set =
                "UPDATE \(table.name) SET checksum = row_checksum(\(table.columns.map { "new.\($0)" }.joined(separator: ", "))) "
                + "WHERE " + table.key.map { "\($0) = new.\($0)" }.joined(separator: " AND ")
            return """
                CREATE TRIGGER \(table.name)_inserted AFTER INSERT ON \(table.name) BEGIN \(set); END;
                CREATE TRIGGER \(table.name)_updated AFTER UPDATE OF \(table.columns.joined(separator: ", "))
                    ON \(table.name) BEGIN \(set); END;

                """
        }.joined()
    }

    /// The first table that holds a row which is not as it was written; nil where all are.
    static func damagedTable(_ database: Database) throws -> String? {
        // One statement, for every opening of a study waits for it.
        let damaged = tables.filter(\.isVital).map {
            "SELECT '\($0.name)' WHERE EXISTS (SELECT 1 FROM \($0.name) WHERE checksum IS NOT \($0.checksum))"
        }
        return try String.fetchOne(database, sql: damaged.joined(separator: " UNION ALL ") + " LIMIT 1")
    }

    /// The condition under which a row of a table is as it was written.
    static func isWhole(_ name: String) -> String {
        tables.first { $0.name == name }.map { "checksum IS \($0.checksum)" } ?? "1"
    }
}
