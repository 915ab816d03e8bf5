import Foundation
import GRDB
import Policies

/// What can be read of a study within one transaction.
package struct StudyReading {
    let database: Database

    /// Number of the present fit, from 1.
    func fitNumber() throws -> Int {
        try StudyDatabase.json("fit", in: database)
            .map { try JSONDecoder().decode(Int.self, from: $0) } ?? 1
    }

    /// The candidates, by id, with their estimates of the present fit on the log; hidden ones only when asked for.
    package func candidates(includingHidden: Bool = false) throws -> [Candidate] {
        let fit = try fitNumber()
        let condition = includingHidden ? "" : "WHERE hidden = 0"
        return try Row.fetchAll(database, sql: "SELECT * FROM candidate \(condition) ORDER BY id").map { row in
            let id: Int = row["id"]
            let picked: Bool = row["picked"]
            return Candidate(
                id: id, note: row["note"],
                origin: try JSONDecoder().decode(Candidate.Origin.self, from: row["origin"]),
                knobs: try JSONDecoder().decode(PolicyKnobs.self, from: row["knobs"]),
                policy: try JSONDecoder().decode(Policy.self, from: row["policy"]), isPicked: picked,
                tune: try evaluation(of: id, EstimateKey(fit: fit, split: .tune)),
                confirm: picked ? try evaluation(of: id, EstimateKey(fit: fit, split: .confirm)) : nil)
        }
    }

    /// How many entries of a kind the log has.
    package func count(ofEntries kind: String) throws -> Int {
        try Int.fetchOne(database, sql: "SELECT count(*) FROM entry WHERE kind = ?", arguments: [kind]) ?? 0
    }

    func evaluation(of candidate: Int, _ key: EstimateKey) throws -> PolicyEvaluation? {
        try Data.fetchOne(
            database,
            sql: """
                SELECT json FROM evaluation WHERE candidate = ? AND fit = ? AND source = ? AND split = ?
                AND estimator = ? AND horizon = ?
                """, arguments: [candidate, key.fit, key.source, key.split.rawValue, key.estimator, key.horizon]
        ).map { try JSONDecoder().decode(PolicyEvaluation.self, from: $0) }
    }

    func hiddenCandidates() throws -> Set<Int> {
        Set(try Int.fetchAll(database, sql: "SELECT id FROM candidate WHERE hidden = 1"))
    }

    package func front() throws -> FrontRecord? {
        try Data.fetchOne(database, sql: "SELECT json FROM front ORDER BY search DESC LIMIT 1").map {
            try JSONDecoder().decode(FrontRecord.self, from: $0)
        }
    }

    /// The number the next search will have.
    func nextSearch() throws -> Int {
        try Int.fetchOne(database, sql: "SELECT coalesce(max(search), 0) + 1 FROM front") ?? 1
    }

    // MARK: Looks

    /// How often the units that are confirm ones now were looked at, by this fit and by those before it. Looks at other
    /// units do not count; those of versions that did not say at which do.
    package func looks() throws -> Int {
        let present = try confirmUnits()
        let rows = try Row.fetchAll(
            database, sql: "SELECT units, count(*) FROM look WHERE split <> 'tune' GROUP BY units")
        return rows.reduce(0) { sum, row in
            let units = Data.fromDatabaseValue(row[0]).flatMap { UnitSketch($0) }
            guard let units, let present, !units.overlaps(present) else { return sum + (row[1] as Int) }
            return sum
        }
    }

    /// Whether a look at it is counted for a fit of the same spec and data.
    func wasSeen(_ subject: LookSubject, fit: String) throws -> Bool {
        try Int.fetchOne(
            database, sql: "SELECT 1 FROM look WHERE subject = ? AND fit = ? LIMIT 1", arguments: [subject.text, fit])
            != nil
    }

    /// What the present fit was made of.
    func fitInputs() throws -> String {
        guard let json = try StudyDatabase.json("description", in: database) else { return "" }
        return try JSONDecoder().decode(StudyDescription.self, from: json).inputsDigest
    }

    /// nil without a confirm split, and in studies of versions that did not keep it.
    func confirmUnits() throws -> UnitSketch? {
        try StudyDatabase.json(Self.confirmUnitsName, in: database)
            .flatMap { UnitSketch(try JSONDecoder().decode(Data.self, from: $0)) }
    }

    static let confirmUnitsName = "confirm units"

    /// The decisions as they were kept last; those that follow from the candidates where none were.
    /// - Throws: `DecodingError` where they cannot be read.
    func decisions(in space: PolicySpace) throws -> Decisions {
        if let json = try Data.fetchOne(database, sql: "SELECT json FROM decisions") {
            let kept = try JSONDecoder().decode(Decisions.self, from: json)
            if kept.fits(space) { return kept }
        }
        let picked = try Int.fetchAll(database, sql: "SELECT id FROM candidate WHERE picked = 1 AND hidden = 0")
        return Decisions(knobs: .start(in: space), picked: Set(picked), hidden: try hiddenCandidates())
    }
}
