import Foundation
import GRDB
import Policies

/// Rules that policies divide the units by, and the cohort of every unit by them.
extension StudyTransaction {
    static let rulesPrefix = "cohort rules "
    private static func arrayName(_ id: String) -> String { "cohorts by \(id)" }

    /// Keeps rules with what they make of the study's units. From then on the file is of a format that says so.
    func keep(_ cohorts: [UInt32], of rules: CohortRules) throws {
        let id = rules.id
        try StudyDatabase.put(rules, named: Self.rulesPrefix + id, in: database)
        try StudyDatabase.put(array: cohorts, named: Self.arrayName(id), in: database)
        try database.execute(sql: "PRAGMA user_version = \(StudyDatabase.versionOfKinds)")
    }

    /// The cohorts of the units by rules; nil where the present fit's units were not divided by them.
    static func cohorts(
        by id: String, unitCount: Int, of file: StudyDatabase, in database: Database
    ) throws -> [UInt32]? {
        let sql = "SELECT 1 FROM array WHERE name = ?"
        guard try Int.fetchOne(database, sql: sql, arguments: [arrayName(id)]) != nil else { return nil }
        return try file.array(arrayName(id), count: unitCount, zero: UInt32(0), in: database)
    }
}

extension StudyFile {
    /// Every rule that is kept.
    /// - Throws: `EspalierError` (.data) where one is not as it was stored.
    func cohortRules() throws -> [CohortRules] {
        try database.read { connection in
            let pattern = StudyTransaction.rulesPrefix + "%"
            return try String.fetchAll(
                connection, sql: "SELECT name FROM document WHERE name LIKE ? ORDER BY name", arguments: [pattern]
            ).map { try database.document($0, in: connection) }
        }
    }

    /// The cohorts of the units by every rule that the present fit's units were divided by.
    /// - Throws: as `cohortRules`.
    func unitCohorts(unitCount: Int) throws -> [(rules: CohortRules, cohorts: [UInt32])] {
        let all = try cohortRules()
        return try database.read { connection in
            try all.compactMap { rules in
                try StudyTransaction.cohorts(by: rules.id, unitCount: unitCount, of: database, in: connection)
                    .map { (rules, $0) }
            }
        }
    }
}
