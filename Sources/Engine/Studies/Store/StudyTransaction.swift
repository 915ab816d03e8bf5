import Foundation
import GRDB
import Policies

/// What can be written to a study; all of one transaction is kept, or none of it.
package struct StudyTransaction {
    let database: Database
    package let reading: StudyReading

    init(_ database: Database) {
        self.database = database
        reading = StudyReading(database: database)
    }

    // MARK: Candidates

    /// A policy that is to become a candidate.
    package struct NewCandidate: Sendable {
        let knobs: PolicyKnobs
        let policy: Policy
        let tune: PolicyEvaluation

        var identity: Candidate.Identity { Candidate.Identity(policy, knobs) }
    }

    /// Adds policies as candidates, with their tune estimates; ids are never used again.
    func add(_ found: [NewCandidate], origin: Candidate.Origin) throws -> [Candidate] {
        let fit = try reading.fitNumber()
        return try found.map { item in
            try run(
                "INSERT INTO candidate (origin, knobs, policy) VALUES (?, ?, ?)",
                arguments: [try Self.json(origin), try Self.json(item.knobs), try Self.json(item.policy)])
            let id = Int(database.lastInsertedRowID)
            try record(item.tune, of: id, fit: fit)
            return Candidate(id: id, origin: origin, knobs: item.knobs, policy: item.policy, tune: item.tune)
        }
    }

    /// Puts a candidate back under its id, with the estimates it has.
    func restore(_ candidate: Candidate, isHidden: Bool) throws {
        try run(
            "INSERT INTO candidate (id, origin, knobs, policy, note, picked, hidden) VALUES (?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                candidate.id, try Self.json(candidate.origin), try Self.json(candidate.knobs),
                try Self.json(candidate.policy), candidate.note, candidate.isPicked, isHidden,
            ])
        for evaluation in [candidate.tune, candidate.confirm].compactMap({ $0 }) {
            try record(evaluation, of: candidate.id, fit: try reading.fitNumber())
        }
    }

    /// Gives candidates the canonical policies and tune estimates of the present fit.
    func replace(_ renewed: [(id: Int, new: NewCandidate)]) throws {
        let fit = try reading.fitNumber()
        for item in renewed {
            try run(
                "UPDATE candidate SET policy = ? WHERE id = ?",
                arguments: [try Self.json(item.new.policy), item.id])
            try record(item.new.tune, of: item.id, fit: fit)
        }
    }

    /// Stores an evaluation of a candidate beside those of other fits, splits and estimators.
    private func record(_ evaluation: PolicyEvaluation, of candidate: Int, fit: Int) throws {
        let key = EstimateKey(fit: fit, split: evaluation.split, estimator: evaluation.estimator)
        try run(
            """
            INSERT OR REPLACE INTO evaluation (candidate, fit, source, split, estimator, horizon, json)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            arguments: [
                candidate, key.fit, key.source, key.split.rawValue, key.estimator, key.horizon,
                try Self.json(evaluation),
            ])
        for outcome in evaluation.outcomes {
            try run(
                "INSERT OR REPLACE INTO estimate VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    candidate, key.fit, key.source, key.split.rawValue, key.estimator, key.horizon, outcome.name,
                    outcome.value, outcome.standardError, outcome.difference?.value, outcome.difference?.standardError,
                ])
        }
    }

    /// Makes these the picked ones among the candidates shown, and keeps the looks at confirm that it took: an estimate kept
    /// is a look counted.
    func setPicks(_ picks: [Int], looks: [(candidate: Candidate, evaluation: PolicyEvaluation)]) throws {
        let fit = try reading.fitNumber()
        try run("UPDATE candidate SET picked = 0 WHERE hidden = 0")
        for id in picks {
            try run("UPDATE candidate SET picked = 1 WHERE id = ?", arguments: [id])
        }
        for look in looks {
            try countLook(
                at: .confirm, "candidate \(look.candidate.name)", of: LookSubject(look.candidate.policy))
            try record(look.evaluation, of: look.candidate.id, fit: fit)
        }
    }

    func unpick(_ candidates: some Sequence<Int>) throws {
        for id in candidates {
            try run("UPDATE candidate SET picked = 0 WHERE id = ?", arguments: [id])
        }
    }

    /// Hidden candidates keep their ids and estimates.
    func setHidden(_ hidden: Bool, of candidates: some Sequence<Int>) throws {
        for id in candidates {
            try run("UPDATE candidate SET hidden = ? WHERE id = ?", arguments: [hidden, id])
        }
    }

    func setNote(_ note: String, of candidate: Int) throws {
        try run("UPDATE candidate SET note = ? WHERE id = ?", arguments: [note, candidate])
    }

    func save(_ front: FrontRecord) throws {
        try run(
            "INSERT OR REPLACE INTO front (search, json) VALUES (?, ?)",
            arguments: [front.search, try Self.json(front)])
    }

    /// Counts a look at a split other than tune, unless the same was seen before with the same fit.
    /// - Parameter subject: nil where nobody knows what was seen.
    func countLook(at split: EvaluationSplit, _ what: String, of subject: LookSubject?) throws {
        let fit = try reading.fitInputs()
        if let subject, try reading.wasSeen(subject, fit: fit) { return }
        try run(
            "INSERT INTO look (split, what, fit, subject, units) VALUES (?, ?, ?, ?, ?)",
            arguments: [split.rawValue, what, fit, subject?.text, try reading.confirmUnits()?.data])
    }

    package func save(_ value: some Encodable, named name: String) throws {
        try StudyDatabase.put(value, named: name, in: database)
    }

    // MARK: Log, decisions and view

    /// Appends an operation to the log.
    package func log<Operation: StudyOperation>(_ operation: Operation) throws {
        try log(LogEntry(operation))
    }

    package func log(_ entry: LogEntry) throws {
        try run(
            "INSERT INTO entry (time, kind, json) VALUES (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), ?, ?)",
            arguments: [entry.kind, entry.json])
    }

    func decisions(in space: PolicySpace) throws -> Decisions { try reading.decisions(in: space) }

    /// Keeps decisions and the undo step they come with.
    func decide(_ decided: Decided) throws {
        try save(decided.decisions)
        guard let step = decided.step else { return }
        try run("DELETE FROM step WHERE stack = 'future'")
        let last = try Row.fetchOne(
            database, sql: "SELECT position, json FROM step WHERE stack = 'past' ORDER BY position DESC LIMIT 1")
        if let merges = step.merges, let json: Data = last?["json"],
            try JSONDecoder().decode(History.Step.self, from: json).merges == merges
        {
            return
        }
        let position: Int = last?["position"] ?? -1
        try run(
            "INSERT INTO step (stack, position, json) VALUES ('past', ?, ?)",
            arguments: [position + 1, try Self.json(step)])
    }

    package func save(_ decisions: Decisions) throws {
        try run(
            "INSERT OR REPLACE INTO decisions (id, json) VALUES (1, ?)", arguments: [try Self.json(decisions)])
    }

    /// Keeps how the study is looked at, in whatever form the workbench gives it.
    package func save(view: Data) throws {
        try run("INSERT OR REPLACE INTO view (id, json) VALUES (1, ?)", arguments: [view])
    }

    /// Replaces the steps of a stack after the first `kept`.
    package func replaceSteps(of stack: StudyResume.Stack, after kept: Int, by added: [History.Step]) throws {
        try run(
            "DELETE FROM step WHERE stack = ? AND position >= ?", arguments: [stack.rawValue, kept])
        for (offset, step) in added.enumerated() {
            try run(
                "INSERT INTO step (stack, position, json) VALUES (?, ?, ?)",
                arguments: [stack.rawValue, kept + offset, try Self.json(step)])
        }
    }

    /// Compiles a statement once for all transactions: a step of a slider takes several.
    private func run(_ sql: String, arguments: StatementArguments = StatementArguments()) throws {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    private static func json(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return try encoder.encode(value)
    }
}
