import Foundation
import GRDB
import Policies

extension StudyFile {
    /// The candidates, by id, with their estimates of the present fit; hidden ones only when asked for.
    package func candidates(includingHidden: Bool = false) throws -> [Candidate] {
        let fit = try fitNumber()
        let condition = includingHidden ? "" : "WHERE hidden = 0"
        return try database.read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM candidate \(condition) ORDER BY id").map { row in
                let id: Int = row["id"]
                let picked: Bool = row["picked"]
                func evaluation(_ split: EvaluationSplit) throws -> PolicyEvaluation? {
                    try Self.evaluation(of: id, fit: fit, on: split, in: database)
                }
                return Candidate(
                    id: id, note: row["note"],
                    origin: try JSONDecoder().decode(Candidate.Origin.self, from: row["origin"]),
                    knobs: try JSONDecoder().decode(PolicyKnobs.self, from: row["knobs"]),
                    policy: try JSONDecoder().decode(LinearPolicy.self, from: row["policy"]), isPicked: picked,
                    tune: try evaluation(.tune), confirm: picked ? try evaluation(.confirm) : nil)
            }
        }
    }

    /// Adds policies as candidates, with their tune estimates, in one transaction; ids are never used again.
    package func add(
        _ found: [(knobs: PolicyKnobs, policy: LinearPolicy, tune: PolicyEvaluation)], origin: Candidate.Origin
    ) throws -> [Candidate] {
        let fit = try fitNumber()
        return try database.writeDurably { database in
            try found.map { item in
                try database.execute(
                    sql: "INSERT INTO candidate (origin, knobs, policy) VALUES (?, ?, ?)",
                    arguments: [
                        try JSONEncoder().encode(origin), try JSONEncoder().encode(item.knobs),
                        try JSONEncoder().encode(item.policy),
                    ])
                let id = Int(database.lastInsertedRowID)
                try Self.record(item.tune, of: id, fit: fit, in: database)
                return Candidate(id: id, origin: origin, knobs: item.knobs, policy: item.policy, tune: item.tune)
            }
        }
    }

    /// Gives candidates the canonical policies and tune estimates of the present fit, in one transaction.
    func replace(_ renewed: [(id: Int, policy: LinearPolicy, tune: PolicyEvaluation)]) throws {
        let fit = try fitNumber()
        try database.writeDurably { database in
            for item in renewed {
                try database.execute(
                    sql: "UPDATE candidate SET policy = ? WHERE id = ?",
                    arguments: [try JSONEncoder().encode(item.policy), item.id])
                try Self.record(item.tune, of: item.id, fit: fit, in: database)
            }
        }
    }

    /// Stores an evaluation of a candidate beside those of other fits, splits and estimators.
    private static func record(
        _ evaluation: PolicyEvaluation, of candidate: Int, fit: Int, in database: Database
    ) throws {
        let split = evaluation.split.rawValue
        try database.execute(
            sql: "INSERT OR REPLACE INTO evaluation VALUES (?, ?, 'offline', ?, ?, ?)",
            arguments: [candidate, fit, split, evaluation.estimator, try JSONEncoder().encode(evaluation)])
        for outcome in evaluation.outcomes {
            try database.execute(
                sql: "INSERT OR REPLACE INTO estimate VALUES (?, ?, 'offline', ?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    candidate, fit, split, evaluation.estimator, outcome.name, outcome.value, outcome.standardError,
                    outcome.difference?.value, outcome.difference?.standardError,
                ])
        }
    }

    private static func evaluation(
        of candidate: Int, fit: Int, on split: EvaluationSplit, in database: Database
    ) throws -> PolicyEvaluation? {
        try Data.fetchOne(
            database,
            sql: """
                SELECT json FROM evaluation WHERE candidate = ? AND fit = ? AND source = 'offline' AND split = ?
                AND estimator = 'dr'
                """, arguments: [candidate, fit, split.rawValue]
        ).map { try JSONDecoder().decode(PolicyEvaluation.self, from: $0) }
    }

    /// Confirm estimates of the present fit, also of candidates that are picked no more; nil where never made.
    func confirmEvaluations(of candidates: [Int]) throws -> [PolicyEvaluation?] {
        let fit = try fitNumber()
        return try database.read { database in
            try candidates.map { try Self.evaluation(of: $0, fit: fit, on: .confirm, in: database) }
        }
    }

    /// Makes these the picked ones among the candidates shown, and keeps the looks at confirm that it took, in one
    /// transaction: an estimate kept is a look counted.
    func setPicks(_ picks: [Int], looks: [(candidate: Candidate, evaluation: PolicyEvaluation)]) throws {
        let fit = try fitNumber()
        try database.writeDurably { database in
            try database.execute(sql: "UPDATE candidate SET picked = 0 WHERE hidden = 0")
            for id in picks {
                try database.execute(sql: "UPDATE candidate SET picked = 1 WHERE id = ?", arguments: [id])
            }
            for look in looks {
                try Self.countLook(at: .confirm, "candidate \(look.candidate.name)", in: database)
                try Self.record(look.evaluation, of: look.candidate.id, fit: fit, in: database)
            }
        }
    }

    /// Hidden candidates keep their ids and estimates.
    package func setHidden(_ hidden: Bool, of candidates: [Int]) throws {
        try database.writeDurably { database in
            for id in candidates {
                try database.execute(sql: "UPDATE candidate SET hidden = ? WHERE id = ?", arguments: [hidden, id])
            }
        }
    }

    /// Ids of the candidates that undo, hiding or a later search has taken off the screens.
    package func hiddenCandidates() throws -> Set<Int> {
        try database.read { Set(try Int.fetchAll($0, sql: "SELECT id FROM candidate WHERE hidden = 1")) }
    }

    package func setNote(_ note: String, of candidate: Int) throws {
        try database.write {
            try $0.execute(sql: "UPDATE candidate SET note = ? WHERE id = ?", arguments: [note, candidate])
        }
    }

    /// The front last searched; nil before the first search.
    package func front() throws -> FrontRecord? {
        try database.read { database in
            try Data.fetchOne(database, sql: "SELECT json FROM front ORDER BY search DESC LIMIT 1").map {
                try JSONDecoder().decode(FrontRecord.self, from: $0)
            }
        }
    }

    /// The number the next search will have.
    package func nextSearch() throws -> Int {
        try database.read { try Int.fetchOne($0, sql: "SELECT coalesce(max(search), 0) + 1 FROM front") ?? 1 }
    }

    package func save(_ front: FrontRecord) throws {
        try database.writeDurably {
            try $0.execute(
                sql: "INSERT OR REPLACE INTO front VALUES (?, ?)",
                arguments: [front.search, try JSONEncoder().encode(front)])
        }
    }

    // MARK: Looks

    /// Counts a look at a split other than tune.
    package func countLook(at split: EvaluationSplit, _ what: String) throws {
        try database.writeDurably { try Self.countLook(at: split, what, in: $0) }
    }

    private static func countLook(at split: EvaluationSplit, _ what: String, in database: Database) throws {
        try database.execute(sql: "INSERT INTO look (split, what) VALUES (?, ?)", arguments: [split.rawValue, what])
    }

    /// How often the confirm split was looked at, by itself or within all units.
    package func looks() throws -> Int {
        try database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM look WHERE split <> 'tune'") ?? 0 }
    }
}
