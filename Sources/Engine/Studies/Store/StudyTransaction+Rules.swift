import Foundation
import GRDB
import Policies

/// Rules that policies divide the units by, and the group of every unit by them.
extension StudyTransaction {
    /// Documents under these names are rules: of cohorts, and of rankings.
    static let rulesPrefixes = [cohortsPrefix, rankingPrefix]
    fileprivate static let cohortsPrefix = "cohort rules "
    fileprivate static let rankingPrefix = "ranking rules "

    private static func arrayName(_ rules: UnitRules) -> String {
        switch rules {
        case .cohorts: "cohorts by \(rules.id)"
        case .ranking: "targeted by \(rules.id)"
        }
    }

    /// Keeps rules with what they make of the study's units. From then on the file is of a format that says so.
    func keep(_ groups: [UInt32], of rules: UnitRules) throws {
        switch rules {
        case .cohorts(let own):
            try StudyDatabase.put(own, named: Self.cohortsPrefix + rules.id, in: database)
        case .ranking(let own):
            try StudyDatabase.put(own, named: Self.rankingPrefix + rules.id, in: database)
        }
        try StudyDatabase.put(array: groups, named: Self.arrayName(rules), in: database)
        try StudyDatabase.requireVersion(in: database)
    }

    /// The groups of the units by rules; nil where the present fit's units were not divided by them.
    static func groups(
        by rules: UnitRules, unitCount: Int, of file: StudyDatabase, in database: Database
    ) throws -> [UInt32]? {
        let sql = "SELECT 1 FROM array WHERE name = ?"
        guard try Int.fetchOne(database, sql: sql, arguments: [arrayName(rules)]) != nil else { return nil }
        return try file.array(arrayName(rules), count: unitCount, zero: UInt32(0), in: database)
    }
}

extension StudyFile {
    /// Every rule that is kept.
    /// - Throws: `EspalierError` (.data) where one is not as it was stored.
    func unitRules() throws -> [UnitRules] {
        try database.read { connection in
            func names(_ prefix: String) throws -> [String] {
                try String.fetchAll(
                    connection, sql: "SELECT name FROM document WHERE name LIKE ? ORDER BY name",
                    arguments: [prefix + "%"])
            }
            return try names(StudyTransaction.cohortsPrefix).map {
                .cohorts(try database.document($0, in: connection))
            } + names(StudyTransaction.rankingPrefix).map { .ranking(try database.document($0, in: connection)) }
        }
    }

    /// The groups of the units by every rule that the present fit's units were divided by.
    /// - Throws: as `unitRules`.
    func unitGroups(unitCount: Int) throws -> [(rules: UnitRules, groups: [UInt32])] {
        let all = try unitRules()
        return try database.read { connection in
            try all.compactMap { rules in
                try StudyTransaction.groups(by: rules, unitCount: unitCount, of: database, in: connection)
                    .map { (rules, $0) }
            }
        }
    }
}
