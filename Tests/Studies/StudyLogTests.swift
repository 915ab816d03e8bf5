import Foundation
import GRDB
import Runtime
import Simulation
import Studies
import Testing

/// The log, the place and copies of a study file.
@Suite struct StudyLogTests {
    /// A fitted study in a scratch folder.
    private final class Scratch {
        let folder: URL
        let path: String

        init() throws {
            folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
            path = folder.appendingPathComponent("s.espalier").path
            try Scenario.named("notifications").write(to: folder.path, units: 600, seed: 2)
            let fit = try StudyFit.run(
                specPath: folder.appendingPathComponent("experiment.yaml").path, context: RunContext())
            _ = try Study.create(at: path, fit: fit, workers: Workers())
        }

        deinit { try? FileManager.default.removeItem(at: folder) }
    }

    private static func commit(_ entries: [String], place: String, kept: Int, added: [String]) -> StudyCommit {
        StudyCommit(
            entries: entries.map { Data($0.utf8) }, savedView: Data(place.utf8),
            stacks: [StudyCommit.StackEnd(stack: "past", kept: kept, added: added.map { Data($0.utf8) })])
    }

    @Test func commitsReplaceTheEndsOfStacksAndTellWhenACommandCameBetween() throws {
        let scratch = try Scratch()
        do {
            let file = try StudyFile(opening: scratch.path)
            #expect(try file.resume() == nil)
            try file.commit(Self.commit(["1", "2"], place: "here", kept: 0, added: ["a", "b"]))
            try file.commit(Self.commit(["3"], place: "there", kept: 1, added: ["c", "d"]))
        }
        let file = try StudyFile(opening: scratch.path)
        let resume = try #require(try file.resume())
        #expect(resume.savedView == Data("there".utf8) && !resume.isOvertaken)
        #expect(resume.stacks["past"] == ["a", "c", "d"].map { Data($0.utf8) })
        #expect(try file.entries().map(\.json) == ["1", "2", "3"].map { Data($0.utf8) })
        try file.log(Data("4".utf8))
        #expect(try file.resume()?.isOvertaken == true)
        try file.forgetDecisions()
        #expect(try file.resume() == nil && file.entries().isEmpty && file.candidates().isEmpty)
    }

    @Test func aStudyOfFormatOneMigratesAfterACopy() throws {
        let scratch = try Scratch()
        let queue = try DatabaseQueue(path: scratch.path)
        try queue.write {
            try $0.execute(
                sql: """
                    DROP TABLE step; DROP TABLE place; DROP TABLE action;
                    CREATE TABLE action (sequence INTEGER PRIMARY KEY, json BLOB NOT NULL);
                    INSERT INTO action VALUES (1, CAST('{"undo":{}}' AS BLOB));
                    PRAGMA user_version = 1;
                    """)
        }
        try queue.close()
        let file = try StudyFile(opening: scratch.path)
        #expect(try file.entries().map(\.json) == [Data(#"{"action":{"_0":{"undo":{}}}}"#.utf8)])
        try file.commit(Self.commit(["5"], place: "here", kept: 0, added: ["a"]))
        let copy = try DatabaseQueue(path: scratch.path + ".v1")
        #expect(try copy.read { try Int.fetchOne($0, sql: "PRAGMA user_version") } == 1)
        #expect(try copy.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM action") } == 1)
    }

    @Test func aCopyOfAnOpenStudyHoldsWhatWasCommitted() throws {
        let scratch = try Scratch()
        // Another process has it open: within one, SQLite's locks would not tell.
        let target = scratch.folder.appendingPathComponent("copy.espalier").path
        do {
            let file = try StudyFile(opening: scratch.path)
            try file.commit(Self.commit(["1"], place: "here", kept: 0, added: []))
            try StudyCopy.make(of: scratch.path, at: target)
        }
        #expect(try StudyFile(opening: target).entries().map(\.json) == [Data("1".utf8)])
        #expect(StudyCopy.place(beside: scratch.path).hasSuffix("/s-copy.espalier"))
        #expect(!StudyCopy.isOpenElsewhere(scratch.path))
    }

    @Test func theContentOfTheDataIsComparedByDigest() throws {
        let scratch = try Scratch()
        let file = try StudyFile(opening: scratch.path)
        let description = try file.description()
        #expect(try file.dataHasSameContent(description, cancellation: Cancellation()) == true)
        let data = scratch.folder.appendingPathComponent("units.csv.gz")
        var bytes = try Data(contentsOf: data)
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: data)
        #expect(try file.dataHasSameContent(description, cancellation: Cancellation()) == false)
        try FileManager.default.removeItem(at: data)
        #expect(try file.dataHasSameContent(description, cancellation: Cancellation()) == nil)
    }
}
