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
        // What the second search found again keeps its id and stays shown.
        let stayed = Set(second.candidates.map(\.id)).union([picked.id])
        #expect(hidden == Set(first.candidates.map(\.id)).subtracting(stayed) && hidden == Set(second.hidden))
        #expect(try study.file.candidates(includingHidden: true).count == shown.count + hidden.count)
    }

    /// The same knobs are the same candidate, whoever makes them; hidden ones come back under their id, and undo hides them again.
    @Test func theSameKnobsAreTheSameCandidate() throws {
        let sample = try SampleStudy()
        let study = sample.study
        var knobs = PolicyKnobs.start(in: study.space)
        knobs.biases[1] = 0.02
        let first = try study.perform(AddCandidate(knobs), context)
        let steps = try study.file.resume().history.past.count
        #expect(try study.perform(AddCandidate(knobs), context) == first)
        #expect(try study.file.resume().history.past.count == steps)
        _ = try study.perform(SetNote("kept", of: first.id), context)
        _ = try study.perform(SetPicks([first.id]), context)
        _ = try study.perform(SetHidden(hidden: [first.id]), context)
        let back = try study.perform(AddCandidate(knobs), context)
        #expect(back.id == first.id && back.note == "kept" && !back.isPicked && back.tune == first.tune)
        #expect(try study.file.candidates().map(\.id) == [first.id])
        let resume = try study.file.resume()
        #expect(try #require(resume.decisions).hidden.isEmpty && resume.decisions?.picked.isEmpty == true)
        #expect(try #require(resume.history.past.last).before.hidden == [first.id])
        // Its look was counted when it was picked first.
        _ = try study.perform(SetPicks([first.id]), context)
        #expect(try study.file.looks() == 1)
    }

    /// The same search and the same choice, done again, change nothing: no new ids, no new looks, nothing hidden.
    @Test func theSameSearchFindsTheSameCandidates() throws {
        let sample = try SampleStudy()
        let study = sample.study
        func run() throws -> (front: [Int], picks: [Int], hidden: Set<Int>, looks: Int) {
            let front = try study.perform(SearchFront(SearchSettings(evaluations: 48)), context)
            let picks = try study.perform(PickByHypervolume(count: 4), context)
            return (
                front.candidates.map(\.id), picks.candidates.map(\.id), try study.file.hiddenCandidates(), picks.looks
            )
        }
        let first = try run()
        let second = try run()
        #expect(first == second && first.picks.count == 4 && first.hidden.isEmpty && first.looks == 4)
        // Another search between the two takes them off the screens, and the first brings them back under their ids.
        _ = try study.perform(SetPicks([]), context)
        _ = try study.perform(SearchFront(SearchSettings(method: .random, evaluations: 40, seed: 5)), context)
        #expect(try !study.file.hiddenCandidates().isDisjoint(with: first.front))
        let known = try Set(study.file.candidates(includingHidden: true).map(\.knobs))
        let again = try study.perform(SearchFront(SearchSettings(evaluations: 48)), context)
        let shown = try study.file.candidates()
        #expect(again.candidates.allSatisfy { candidate in shown.contains { $0.id == candidate.id } })
        let all = try study.file.candidates(includingHidden: true)
        #expect(Set(all.map(\.knobs)).count == all.count && known.isSubset(of: Set(all.map(\.knobs))))
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
