import Experiments
import Foundation
import Frontier
import GRDB
import Runtime
import Studies
import Testing

/// Studies of earlier formats, made by the last binaries that wrote each, with what those said of them:
/// `Fixtures/*.expected.json`.
@Suite struct FormatTests {
    private struct Expected: Decodable {
        struct Row: Decodable {
            let id: Int
            let note: String
            let picked: Bool
            let hidden: Bool
            let weights: [Double]
            let biases: [Double]
        }

        struct EstimateRow: Decodable {
            let candidate: Int
            let split: String
            let estimator: String
            let outcome: String
            let difference: Double?
            let standardError: Double?
        }

        let candidates: [Row]
        let looks: Int
        let entries: Int
        let past: [String]
        let future: [String]
        let estimates: [EstimateRow]
    }

    static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Fixtures")

    /// A copy of a fixture in a folder of its own.
    private static func inCopy(of format: String, _ body: (String, Expected) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let packed = try Data(contentsOf: fixtures.appendingPathComponent("\(format).espalier.gz"))
        let path = folder.appendingPathComponent("study.espalier").path
        try Data(Gzip.inflate(packed, file: format)).write(to: URL(fileURLWithPath: path))
        let expected = try JSONDecoder().decode(
            Expected.self, from: Data(contentsOf: fixtures.appendingPathComponent("\(format).expected.json")))
        try body(path, expected)
    }

    @Test(arguments: ["format1", "format2", "format3", "format5"])
    func anOlderStudyKeepsWhatItHeld(format: String) throws {
        try Self.inCopy(of: format) { path, expected in
            let study = try Study(opening: path)
            let candidates = try study.file.candidates(includingHidden: true)
            let hidden = try study.file.hiddenCandidates()
            try #require(candidates.map(\.id) == expected.candidates.map(\.id))
            for (candidate, row) in zip(candidates, expected.candidates) {
                #expect(candidate.note == row.note && candidate.isPicked == row.picked)
                #expect(hidden.contains(candidate.id) == row.hidden)
                #expect(candidate.knobs.weights == row.weights && candidate.knobs.biases == row.biases)
            }
            #expect(try study.file.looks() == expected.looks)
            let resume = try study.file.resume()
            #expect(resume.history.past.map(\.name) == expected.past)
            #expect(resume.history.future.map(\.name) == expected.future)
            #expect(resume.problems.isEmpty)
            let entries = try study.file.entries()
            #expect(entries.count == expected.entries)
            // Every entry is one that is known today.
            for stored in entries where stored.entry.kind != LogEntry.view {
                let operation = try OperationRegistry.operation(stored.entry)
                #expect(operation?.fits(study.space) == true, "\(stored.entry.kind)")
            }
            for row in expected.estimates
            where row.split == "tune" || candidates.first(where: { $0.id == row.candidate })?.isPicked == true {
                let candidate = try #require(candidates.first { $0.id == row.candidate })
                let evaluation = row.split == "tune" ? candidate.tune : candidate.confirm
                let difference = evaluation?.outcomes.first { $0.name == row.outcome }?.difference
                #expect(difference?.value == row.difference && difference?.standardError == row.standardError)
            }
        }
    }

    /// What is done to it next goes on from there: ids go on, and undo takes back the new step alone.
    @Test(arguments: ["format1", "format2", "format3", "format5"])
    func anOlderStudyGoesOn(format: String) throws {
        try Self.inCopy(of: format) { path, expected in
            let study = try Study(opening: path)
            var knobs = try #require(try study.file.candidates().first).knobs
            knobs.biases[1] += 0.25
            let added = try study.perform(AddCandidate(knobs), RunContext())
            #expect(added.id == (expected.candidates.map(\.id).max() ?? 0) + 1)
            #expect(try study.file.resume().history.past.map(\.name) == expected.past + ["add \(added.name)"])
            #expect(try study.file.entries().last?.entry.kind == AddCandidate.kind)
            // Files since format 5 are read as they are; those before are kept beside what became of them.
            guard format != "format5" else { return }
            let again = try Study(opening: path + ".v\(format.suffix(1))").file.candidates(includingHidden: true)
            #expect(again.count == expected.candidates.count)
        }
    }

    /// Arrays of few distinct numbers are packed, and those of one number nearly gone; every bit comes back.
    @Test func packedArraysComeBack() throws {
        let scene = try StudyScene(units: 3_000)
        let fit = try SampleFits.fit(units: 3_000, seed: 11)
        let (written, read) = (fit.units, try Study(opening: scene.path).units)
        #expect(read.cohorts == written.cohorts && read.rows == written.rows && read.keys == written.keys)
        #expect(read.observedPropensity == written.observedPropensity && read.observed == written.observed)
        #expect(read.estimates.columns == written.estimates.columns)
        #expect(read.scores.contrasts.columns == written.scores.contrasts.columns)
        let queue = try DatabaseQueue(path: scene.path)
        let (version, bytes) = try queue.read { database in
            (
                try Int.fetchOne(database, sql: "PRAGMA user_version"),
                try Row.fetchAll(database, sql: "SELECT name, sum(length(bytes)) FROM array GROUP BY name").reduce(
                    into: [String: Int]()
                ) { $0[$1[0]] = $1[1] }
            )
        }
        #expect(version == 7)
        #expect(bytes["propensity"] == 8 && bytes["cohorts"].map { $0 < 3_000 + 300 } == true)
        #expect(bytes["rows"] == 12_000 && bytes["keys"] == 24_000)
    }

    /// Whether arrays are packed does not matter to what a fit is: done again, it keeps the front.
    @Test func aFitDoneAgainIsKnownUnpackedToo() throws {
        let scene = try StudyScene()
        do {
            let study = try Study(opening: scene.path, for: .writing)
            _ = try study.perform(SearchFront(SearchSettings(evaluations: 20)), RunContext())
        }
        let shares = try Study(opening: scene.path).units.observedPropensity
        let queue = try DatabaseQueue(path: scene.path)
        try queue.write {
            try $0.execute(
                sql: "UPDATE array SET bytes = ? WHERE name = 'propensity'",
                arguments: [shares.withUnsafeBytes { Data($0) }])
        }
        try queue.close()
        #expect(try Study(opening: scene.path).units.observedPropensity == shares)
        _ = try Study.create(
            at: scene.path, fit: SampleFits.fit(units: 3_000, seed: 11), workers: Workers())
        #expect(try StudyFile(opening: scene.path).front() != nil)
    }

    /// An entry that nobody can read is kept under a kind that says so, and the export goes on.
    @Test func anEntryThatNobodyCanReadIsKept() throws {
        try Self.inCopy(of: "format2") { path, expected in
            let queue = try DatabaseQueue(path: path)
            try queue.write {
                try $0.execute(
                    sql: "UPDATE action SET json = CAST('{\"from\":\"elsewhere\"}' AS BLOB) WHERE sequence = 3")
            }
            try queue.close()
            let file = try StudyFile(opening: path)
            let entries = try file.entries()
            #expect(entries.count == expected.entries && entries[2].entry.kind == LogEntry.unknown)
            #expect(String(decoding: try StudyLog.export(file), as: UTF8.self).contains(#""kind":"unknown""#))
        }
    }

    /// The view of a version that looked at studies otherwise takes nothing else with it.
    @Test func aViewThatCannotBeReadTakesNothingElseWithIt() throws {
        try Self.inCopy(of: "format2") { path, expected in
            let queue = try DatabaseQueue(path: path)
            try queue.write {
                try $0.execute(
                    sql: "UPDATE place SET json = CAST(json_remove(CAST(json AS TEXT), '$.cohortsView') AS BLOB)")
            }
            try queue.close()
            let resume = try StudyFile(opening: path).resume()
            #expect(resume.decisions != nil && resume.history.past.map(\.name) == expected.past)
        }
    }

    /// Exported again, a log of format 2 holds the same entries in today's form.
    @Test func anOldLogFileIsRead() throws {
        let packed = try Data(contentsOf: Self.fixtures.appendingPathComponent("format2.log.jsonl.gz"))
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).jsonl")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(Gzip.inflate(packed, file: "log")).write(to: file)
        let log = try StudyLog(file: file.path)
        try Self.inCopy(of: "format2") { path, expected in
            let stored = try StudyFile(opening: path).entries().map(\.entry)
            #expect(log.entries == stored && log.entries.count == expected.entries)
        }
    }
}
