import Foundation
import Frames
import Studies
import Testing
import Workbench

/// What is kept before a frame is shown, and what is typed into lines.
@Suite struct JournalTests {
    /// A commit that could not be kept is made again, whole, with the next; one that was is not.
    @Test func aCommitThatFailsIsMadeAgain() throws {
        let sample = try SampleSession()
        var journal = Journal()
        try sample.type("4l")
        journal.note(try LogEntry(view: Action.undo))
        let first = try #require(try journal.commit(sample.session.state))
        #expect(first.commit.entries.count == 1 && first.commit.stacks.first?.added.count == 1)
        try sample.type("jl")
        journal.note(try LogEntry(view: Action.undo))
        let again = try #require(try journal.commit(sample.session.state))
        #expect(again.commit.entries.count == 2 && again.commit.stacks.first?.kept == 0)
        #expect(again.commit.stacks.first?.added.count == 2)
        #expect(try again.after.commit(sample.session.state) == nil)
    }

    /// A long paste is one edit of a line that has an end.
    @Test func pastedTextIsOneEdit() throws {
        let sample = try SampleSession()
        try sample.type("3/")
        sample.session.paste(String(repeating: "x\n", count: 40_000))
        sample.session.settle()
        #expect(sample.session.state.overlay == .prompt(.filter, text: String(repeating: "x", count: 500)))
        try sample.type("y<Backspace>")
        #expect(sample.session.state.overlay == .prompt(.filter, text: String(repeating: "x", count: 499)))
    }

    /// Work that makes way for newer work of its kind was not stopped by anybody.
    @Test func replacedWorkSaysNothing() throws {
        let sample = try SampleSession()
        sample.session.perform(.front(.search))
        sample.session.perform(.front(.search))
        sample.session.settle()
        #expect(!sample.session.state.message.contains("was stopped"))
        #expect(!sample.session.state.facts.candidates.isEmpty)
    }

    /// Whoever quits on the heels of an export has the file: here the policy has to become a candidate first.
    @Test func anExportIsFinishedBeforeTheEnd() throws {
        let sample = try SampleSession()
        sample.session.perform(.export(path: "last.json"))
        sample.session.close()
        let written = sample.folder.appendingPathComponent("last.json").path
        #expect(FileManager.default.fileExists(atPath: written))
        let copy = sample.folder.appendingPathComponent("copy.espalier").path
        try StudyCopy.make(of: sample.folder.appendingPathComponent("study.espalier").path, at: copy)
        #expect(
            try StudyFile(opening: copy).entries().map(\.entry.kind).suffix(2) == [
                AddCandidate.kind, ExportPolicy.kind,
            ])
    }
}
