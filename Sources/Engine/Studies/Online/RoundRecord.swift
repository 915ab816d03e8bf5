import Effects
import Foundation
import GRDB
import Online
import Runtime

/// A round of an online test that a study has read: its plan and what came back.
package struct RoundRecord: Sendable, Equatable, Codable {
    /// From 1.
    package let number: Int
    /// The file of results, as it was named.
    package let file: String
    /// Of the results.
    package let digest: String
    /// Without the policies' models.
    package let plan: OnlinePlan
    package let means: [PolicyMeans]
    /// Units that are kept one by one; 0 for aggregates.
    package let unitCount: Int
    /// Encodings of the covariates that are kept of its units; nil where there are none.
    let covariates: [CovariateDescription]?
    /// Number of the fit whose effects are kept of its units.
    let fit: Int?

    /// Whether its units are kept as a fit encodes and predicts them.
    func stands(under fit: Int, _ covariates: [CovariateDescription]) -> Bool {
        self.fit == fit && self.covariates == covariates
    }

    package var reading: RoundReading { RoundReading(means, plan: plan) }

    /// Whether its units are kept with their covariates.
    package var hasCovariates: Bool { covariates != nil }
}

/// Plans and rounds in a study's file.
extension StudyReading {
    static let roundPrefix = "online round "
    static let planPrefix = "online plan "
    /// Of the one plan that was kept before plans had numbers.
    static let formerPlanName = "online plan"
    static let poolName = "pool propensity"

    /// Every round that was read, also those taken back, by number.
    func allRounds() throws -> [RoundRecord] {
        try String.fetchAll(
            database, sql: "SELECT name FROM document WHERE name LIKE ?", arguments: [Self.roundPrefix + "%"]
        ).compactMap { name in
            try document(name).map { try JSONDecoder().decode(RoundRecord.self, from: $0) }
        }.sorted { $0.number < $1.number }
    }
}

extension StudyTransaction {
    /// Keeps a round with its units.
    func keep(_ record: RoundRecord, rows: RoundRows?, units: RoundUnits?) throws {
        let name = StudyReading.roundPrefix + "\(record.number)"
        try save(record, named: name)
        guard let rows else { return }
        try StudyDatabase.put(array: rows.keys, named: "\(name) keys", in: database)
        try StudyDatabase.put(array: rows.policies, named: "\(name) policies", in: database)
        if let arms = rows.arms { try StudyDatabase.put(array: arms, named: "\(name) arms", in: database) }
        for (index, column) in rows.outcomes.enumerated() {
            try StudyDatabase.put(array: column, named: "\(name) outcome \(index)", in: database)
        }
        for (index, column) in (units?.covariates ?? []).enumerated() {
            try StudyDatabase.put(array: column, named: "\(name) covariate \(index)", in: database)
        }
        for (index, column) in (units?.propensities ?? []).enumerated() {
            try StudyDatabase.put(array: column, named: "\(name) propensity \(index)", in: database)
        }
        for (index, column) in (units?.effects ?? []).enumerated() {
            try StudyDatabase.put(array: column, named: "\(name) effects \(index)", in: database)
        }
    }

    /// Keeps a plan under its number.
    func keep(_ plan: OnlinePlan, number: Int) throws {
        try save(plan.summary, named: StudyReading.planPrefix + "\(number)")
    }
}

extension StudyFile {
    /// The rounds that count, by number: those read and not taken back.
    /// - Throws: `EspalierError` (.data) where one cannot be read.
    package func rounds(in study: Study) throws -> [RoundRecord] {
        let (all, withdrawn) = try roundsAndWithdrawn(in: study)
        return all.filter { !withdrawn.contains($0.number) }
    }

    /// Every round, and the numbers of those taken back.
    func roundsAndWithdrawn(in study: Study) throws -> (all: [RoundRecord], withdrawn: Set<Int>) {
        do {
            return try read { reading in
                (try reading.allRounds(), try reading.decisions(in: study.space).withdrawnRounds ?? [])
            }
        } catch is DecodingError {
            throw EspalierError(
                .data, "the study's rounds of online tests cannot be read", file: path,
                remedy: "put a copy of it in its place")
        }
    }

    /// The rows of a round that is kept unit by unit.
    /// - Throws: `EspalierError` (.data) where an array is not as it was stored.
    func rows(_ record: RoundRecord) throws -> (rows: RoundRows, units: RoundUnits?) {
        let name = StudyReading.roundPrefix + "\(record.number)"
        let count = record.unitCount
        return try database.read { connection in
            func array<Element: BitwiseCopyable>(_ part: String, _ zero: Element) throws -> [Element] {
                try database.array("\(name) \(part)", count: count, zero: zero, in: connection)
            }
            let hasArms =
                try Int.fetchOne(
                    connection, sql: "SELECT count(*) FROM array WHERE name = ?", arguments: ["\(name) arms"]) ?? 0 > 0
            let rows = RoundRows(
                keys: try array("keys", UInt64(0)), policies: try array("policies", UInt8(0)),
                arms: hasArms ? try array("arms", UInt8(0)) : nil,
                outcomes: try record.plan.outcomes.indices.map { try array("outcome \($0)", 0.0) })
            guard let covariates = record.covariates else { return (rows, nil) }
            let contrasts = (record.plan.arms.count - 1) * record.plan.outcomes.count { $0.isInLog }
            return (
                rows,
                RoundUnits(
                    covariates: try covariates.indices.map { try array("covariate \($0)", Float(0)) },
                    effects: try (0..<contrasts).map { try array("effects \($0)", Float(0)) },
                    propensities: try record.plan.arms.indices.map { try array("propensity \($0)", Float(0)) })
            )
        }
    }

    /// The propensities of a fit that holds rounds, of the log's units and then of the rounds', by arm.
    func pooledPropensities(arms: Int, count: Int) throws -> [[Float]] {
        try database.read { connection in
            try (0..<arms).map {
                try database.array("\(StudyReading.poolName) \($0)", count: count, zero: Float(0), in: connection)
            }
        }
    }

    /// The plan that was made last and not taken back, without its policies' models; nil before the first.
    package func onlinePlan(in study: Study) throws -> OnlinePlan? {
        let json = try read { reading in
            let number = try reading.decisions(in: study.space).online?.plan?.number
            return try reading.document(number.map { StudyReading.planPrefix + "\($0)" } ?? StudyReading.formerPlanName)
        }
        return try json.map { try OnlinePlan(json: $0, file: path) }
    }

    /// Every plan that was made, by number.
    func onlinePlans() throws -> [Int: OnlinePlan] {
        try numbered(StudyReading.planPrefix).mapValues { try OnlinePlan(json: $0, file: path) }
    }

    /// Documents whose names are a prefix and a number.
    func numbered(_ prefix: String) throws -> [Int: Data] {
        try read { reading in
            let names = try String.fetchAll(
                reading.database, sql: "SELECT name FROM document WHERE name LIKE ?", arguments: [prefix + "%"])
            var documents: [Int: Data] = [:]
            for name in names {
                guard let number = Int(name.dropFirst(prefix.count)) else { continue }
                documents[number] = try reading.document(name)
            }
            return documents
        }
    }
}
