import Foundation
import Frontier
import GRDB
import Policies
import Runtime
import Studies
import Testing

/// What becomes of candidates as searches and choices go on: picked ones stay, ids are never used again.
@Suite struct CandidateKeepingTests {
    private let context = RunContext(workers: Workers(count: 2))

    /// A later search hides what an earlier one found, but for what is picked; what was made by hand always stays.
    @Test func aNewSearchHidesOnlyWhatIsNotPicked() throws {
        let sample = try SampleStudy()
        let study = sample.study
        var knobs = PolicyKnobs.start(in: study.space)
        knobs.biases[2] = 0.03
        let hand = try study.perform(AddCandidate(knobs), context)
        let first = try study.perform(SearchFront(SearchSettings(evaluations: 40)), context)
        #expect(first.candidates.count > 2 && first.record.search == 1 && first.hidden.isEmpty)
        let picked = first.candidates[1]
        _ = try study.perform(SetPicks([picked.id]), context)
        let second = try study.perform(SearchFront(SearchSettings(evaluations: 40, seed: 2)), context)
        #expect(second.record.search == 2)
        let shown = try study.file.candidates()
        #expect(Set(shown.map(\.id)) == Set(second.candidates.map(\.id)).union([hand.id, picked.id]))
        #expect(shown.filter(\.isPicked).map(\.id) == [picked.id])
        let hidden = try study.file.hiddenCandidates()
        #expect(hidden == Set(first.candidates.map(\.id)).subtracting([picked.id]) && hidden == Set(second.hidden))
        #expect(try study.file.candidates(includingHidden: true).count == shown.count + hidden.count)
    }

    /// The row of the newest candidate goes from the file, and its id is not given again.
    @Test func anIdIsNeverUsedAgain() throws {
        let sample = try SampleStudy()
        let study = sample.study
        func add(_ bias: Double) throws -> Int {
            var knobs = PolicyKnobs.start(in: study.space)
            knobs.biases[1] = bias
            return try study.perform(AddCandidate(knobs), context).id
        }
        let ids = try [0.1, 0.2, 0.3].map(add)
        #expect(ids == [1, 2, 3])
        let copy = sample.folder.appendingPathComponent("copy.espalier").path
        try StudyCopy.make(of: study.file.path, at: copy)
        try DatabaseQueue(path: copy).write { database in
            for table in ["estimate", "evaluation"] {
                try database.execute(sql: "DELETE FROM \(table) WHERE candidate = 3")
            }
            try database.execute(sql: "DELETE FROM candidate WHERE id = 3")
        }
        let opened = try Study(opening: copy)
        var knobs = PolicyKnobs.start(in: opened.space)
        knobs.biases[1] = 0.4
        let next = try opened.perform(AddCandidate(knobs), context)
        #expect(next.id == 4 && next.name == "D")
        #expect(try opened.file.candidates().map(\.id) == [1, 2, 4])
    }
}
