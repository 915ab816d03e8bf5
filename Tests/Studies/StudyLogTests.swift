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

    private static func step(_ name: String, _ study: Study) -> History.Step {
        History.Step(name: name, before: Decisions(knobs: .start(in: study.space)))
    }

    @Test func theEndsOfStacksAreReplaced() throws {
        let scratch = try Scratch()
        let study = try Study(opening: scratch.path)
        #expect(try study.file.resume().view == nil && study.file.resume().decisions == nil)
        func steps(_ names: String...) -> [History.Step] { names.map { Self.step($0, study) } }
        try study.file.transaction(durably: false) {
            try $0.save(view: Data("here".utf8))
            try $0.replaceSteps(of: .past, after: 0, by: steps("a", "b"))
        }
        try study.file.transaction(durably: false) {
            try $0.save(view: Data("there".utf8))
            try $0.replaceSteps(of: .past, after: 1, by: steps("c", "d"))
            try $0.replaceSteps(of: .future, after: 0, by: steps("e"))
        }
        let resume = try study.file.resume()
        #expect(resume.view == Data("there".utf8) && resume.problems.isEmpty)
        #expect(resume.history.past.map(\.name) == ["a", "c", "d"] && resume.history.future.map(\.name) == ["e"])
        try study.file.forgetDecisions()
        #expect(try study.file.resume().history == History() && study.file.entries().isEmpty)
    }

    /// A write that fails takes its log entry, its undo step and everything else of its transaction with it.
    @Test func aTransactionIsKeptWholeOrNotAtAll() throws {
        struct Failure: Error {}
        let scratch = try Scratch()
        let study = try Study(opening: scratch.path)
        let before = try study.file.entries()
        #expect(throws: Failure.self) {
            try study.file.transaction { transaction in
                try transaction.log(AddCandidate(.start(in: study.space)))
                try transaction.replaceSteps(of: .past, after: 0, by: [Self.step("a", study)])
                throw Failure()
            }
        }
        #expect(try study.file.entries() == before && study.file.resume().history.past.isEmpty)
    }

    /// A step of undo or a view that is not as it was written is said and left out; the rest of the history stays.
    @Test func aStepThatCannotBeReadIsSaid() throws {
        let scratch = try Scratch()
        do {
            let study = try Study(opening: scratch.path)
            try study.file.transaction(durably: false) {
                try $0.replaceSteps(of: .past, after: 0, by: ["a", "b", "c"].map { Self.step($0, study) })
                try $0.save(view: Data("{}".utf8))
            }
            #expect(try study.file.resume().view == Data("{}".utf8))
        }
        let queue = try DatabaseQueue(path: scratch.path)
        try queue.write {
            try $0.execute(
                sql: """
                    DROP TRIGGER step_updated; DROP TRIGGER view_updated;
                    UPDATE step SET json = CAST('{}' AS BLOB) WHERE position = 0;
                    UPDATE step SET json = CAST(replace(CAST(json AS TEXT), '"c"', '"d"') AS BLOB) WHERE position = 2;
                    UPDATE view SET json = CAST('{"a":1}' AS BLOB);
                    """)
        }
        try queue.close()
        let resume = try StudyFile(opening: scratch.path).resume()
        #expect(resume.history.past.map(\.name) == ["b"] && resume.view == nil && resume.problems.count == 2)
    }

    @Test func aCopyOfAnOpenStudyHoldsWhatWasCommitted() throws {
        let scratch = try Scratch()
        // Another process has it open: within one, SQLite's locks would not tell.
        let target = scratch.folder.appendingPathComponent("copy.espalier").path
        let entry = LogEntry(kind: "view", json: Data(#"{"undo":{}}"#.utf8))
        do {
            let file = try StudyFile(opening: scratch.path)
            try file.transaction(durably: false) { try $0.log(entry) }
            try StudyCopy.make(of: scratch.path, at: target)
        }
        #expect(try StudyFile(opening: target).entries().map(\.entry).last == entry)
        #expect(StudyCopy.place(beside: scratch.path).hasSuffix("/s-copy.espalier"))
        // A process that another test starts has the lock, too, until it runs its own program.
        let deadline = Date(timeIntervalSinceNow: 5)
        while StudyCopy.isOpenElsewhere(scratch.path), Date() < deadline { usleep(10_000) }
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
