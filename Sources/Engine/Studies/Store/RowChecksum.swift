import Foundation
import GRDB

/// A checksum on every row that holds figures or decisions, kept by triggers and compared when a study is opened: a flipped bit must not
/// become another figure.
enum RowChecksum {
    private struct Table {
        let name: String
        let key: [String]
        let columns: [String]
    }

    private static let tables = [
        Table(
            name: "candidate", key: ["id"],
            columns: ["id", "origin", "knobs", "policy", "note", "picked", "hidden"]),
        Table(
            name: "evaluation", key: ["candidate", "fit", "source", "split", "estimator", "horizon"],
            columns: ["candidate", "fit", "source", "split", "estimator", "horizon", "json"]),
        Table(name: "front", key: ["search"], columns: ["search", "json"]),
        Table(name: "look", key: ["sequence"], columns: ["sequence", "split", "what"]),
        Table(name: "entry", key: ["sequence"], columns: ["sequence", "time", "kind", "json"]),
        Table(name: "decisions", key: ["id"], columns: ["id", "json"]),
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
        try tables.first { table in
            let found = try Int.fetchOne(
                database,
                sql: """
                    SELECT 1 FROM \(table.name)
                    WHERE checksum IS NOT row_checksum(\(table.columns.joined(separator: ", "))) LIMIT 1
                    """)
            return found != nil
        }?.name
    }
}
