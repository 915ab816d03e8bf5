import Foundation
import Frontier
import Policies
import Runtime
import Studies
import Testing

/// What changes a study leaves its entry, its undo step and its decisions, and doing the entries again leads to the same study.
@Suite struct OperationTests {
    @Test func everyKindIsKnownOnceAndReadBack() throws {
        let kinds = OperationRegistry.all.map { $0.kind }
        #expect(Set(kinds).count == kinds.count && !kinds.contains(LogEntry.view))
        let entry = try LogEntry(PickByHypervolume(count: 3))
        #expect(String(decoding: entry.json, as: UTF8.self) == #"{"count":3}"#)
        #expect(try OperationRegistry.operation(entry) as? PickByHypervolume == PickByHypervolume(count: 3))
        #expect(try OperationRegistry.operation(LogEntry(kind: "nobody's", json: Data("{}".utf8))) == nil)
    }

    @Test func anOperationLeavesItsEntryItsStepAndItsDecisions() throws {
        let sample = try SampleStudy()
        let study = sample.study
        #expect(try study.file.entries().map(\.entry.kind) == [FitStudy.kind])
        let front = try study.perform(SearchFront(SearchSettings(evaluations: 40)), RunContext())
        let picks = try study.perform(PickByHypervolume(count: 2), RunContext())
        let resume = try study.file.resume()
        #expect(resume.history.past.map(\.name).first == "search 1" && resume.history.past.count == 2)
        #expect(resume.decisions?.picked == Set(picks.candidates.map(\.id)))
        #expect(
            try study.file.entries().map(\.entry.kind) == [
                FitStudy.kind, SearchFront.kind, PickByHypervolume.kind,
            ])
        // What undo would go back to: nothing picked, and nothing shown of what the search or the choice added.
        let before = try #require(resume.history.past.first).before
        #expect(before.picked.isEmpty && before.hidden == Set(front.candidates.map(\.id)))
        let beforePicks = try #require(resume.history.past.last).before
        #expect(beforePicks.picked.isEmpty && beforePicks.hidden == Set(picks.added.map(\.id)))
    }

    /// Stopped, or failing, an operation leaves nothing.
    @Test func whatFailsLeavesNothing() throws {
        let sample = try SampleStudy()
        let study = sample.study
        let stopped = Cancellation()
        stopped.cancel()
        #expect(throws: CancellationError.self) {
            try study.perform(SearchFront(SearchSettings(evaluations: 40)), RunContext(cancellation: stopped))
        }
        #expect(throws: EspalierError.self) { try study.perform(PickByHypervolume(count: 0), RunContext()) }
        #expect(throws: EspalierError.self) { try study.perform(PickByHypervolume(count: 2), RunContext()) }
        #expect(throws: EspalierError.self) {
            try study.perform(ExportPolicy(candidate: 1, path: "-", tool: "test") { _ in }, RunContext())
        }
        #expect(try study.file.entries().count == 1 && study.file.resume().decisions == nil)
    }

    /// A study made from the fit in memory is the one that its file holds.
    @Test func aStudyInMemoryIsTheOneOnDisk() throws {
        let sample = try SampleStudy()
        let opened = try SampleStudy.reopened(sample)
        #expect(opened.description == sample.study.description && opened.trees == sample.study.trees)
        #expect(opened.units.keys == sample.study.units.keys && opened.units.cohorts == sample.study.units.cohorts)
        #expect(opened.units.observed == sample.study.units.observed)
        #expect(opened.workspace.grids == sample.study.workspace.grids)
        let start = PolicyKnobs.start(in: opened.space)
        #expect(
            try opened.workspace.evaluator().evaluate(start)
                == sample.study.workspace.evaluator().evaluate(start))
    }
}
