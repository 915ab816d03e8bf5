import Foundation
import GRDB
import Policies

/// What a new fit keeps of the study that it replaces.
struct CarryOver {
    private let old: Database
    private let new: Database

    /// Looks at confirm always; everything else too where outcomes and arms are the same; else the candidates whose knobs mean
    /// the same by the names of outcomes and arms, under their ids.
    /// - Returns: whether candidates, log or steps of undo stay behind.
    static func run(from old: Database, to new: Database, fit: StudyFit) throws -> Bool {
        guard let json = try StudyDatabase.json("description", in: old) else { return true }
        let space = try JSONDecoder().decode(StudyDescription.self, from: json).space
        let carry = CarryOver(old: old, new: new)
        let number = try StudyReading(database: old).fitNumber()
        try StudyDatabase.put(number + 1, named: "fit", in: new)
        try carry.rows(of: "look")
        let now = fit.description.space
        if SpecChange(from: space, outcomes: now.outcomes.map(\.name), arms: now.arms) == nil {
            for table in ["candidate", "evaluation", "estimate", "entry", "step", "decisions", "view"] {
                try carry.rows(of: table)
            }
            for prefix in StudyTransaction.rulesPrefixes {
                try carry.rows(of: "document", where: "name LIKE '\(prefix)%'")
            }
            if try carry.isSameFit() {
                try carry.rows(of: "front")
                try carry.laboratory(fit.description.inputsDigest)
            }
            try carry.rows(of: "document", where: "name LIKE 'online %'")
            try carry.rows(of: "array", where: "name LIKE 'online %'")
            return false
        }
        try carry.candidates(from: space, to: now)
        return true
    }

    /// Whether the new fit is the old one to the last bit: then a front is what a search of it would find again, and the search
    /// knows which candidates are its own.
    private func isSameFit() throws -> Bool {
        let sql = "SELECT name, chunk, checksum FROM array WHERE name NOT LIKE 'online %' ORDER BY name, chunk"
        return try Row.fetchAll(old, sql: sql) == Row.fetchAll(new, sql: sql)
    }

    /// The laboratory's answer depends on limits and covariates, too, that no array holds.
    private func laboratory(_ inputs: String) throws {
        let json = try? StudyDatabase.json(StudyFile.laboratoryName, in: old)
        let answer = json.flatMap { try? JSONDecoder().decode(StudyLaboratory.self, from: $0) }
        guard answer?.inputs == inputs else { return }
        try rows(of: "document", where: "name = '\(StudyFile.laboratoryName)'")
    }

    private func rows(of table: String, where condition: String = "1") throws {
        for row in try Row.fetchAll(old, sql: "SELECT * FROM \(table) WHERE \(condition)") {
            let columns = row.columnNames.joined(separator: ", ")
            let marks = databaseQuestionMarks(count: row.count)
            try new.execute(
                sql: "INSERT INTO \(table) (\(columns)) VALUES (\(marks))",
                arguments: StatementArguments(row.databaseValues))
        }
    }

    private func candidates(from space: PolicySpace, to now: PolicySpace) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        for row in try Row.fetchAll(old, sql: "SELECT * FROM candidate ORDER BY id") {
            guard let json: Data = row["knobs"], let policy: Data = row["policy"],
                try JSONDecoder().decode(Policy.self, from: policy).linear != nil,
                let knobs = try JSONDecoder().decode(PolicyKnobs.self, from: json).carried(from: space, to: now)
            else { continue }
            let id: Int = row["id"]
            try rows(of: "candidate", where: "id = \(id)")
            try rows(of: "evaluation", where: "candidate = \(id)")
            try rows(of: "estimate", where: "candidate = \(id)")
            try new.execute(
                sql: "UPDATE candidate SET knobs = ?, policy = ? WHERE id = ?",
                arguments: [
                    try encoder.encode(knobs), try encoder.encode(Policy.linear(LinearPolicy(knobs, in: now))), id,
                ])
        }
        // The ids that were given stay given, also those of candidates that stay behind.
        let last = try Int.fetchOne(old, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'candidate'") ?? 0
        try new.execute(sql: "DELETE FROM sqlite_sequence WHERE name = 'candidate'")
        try new.execute(sql: "INSERT INTO sqlite_sequence VALUES ('candidate', ?)", arguments: [last])
    }
}
