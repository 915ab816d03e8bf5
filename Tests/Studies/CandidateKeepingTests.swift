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

    private func front(_ evaluator: PolicyEvaluator, biases: [Double]) -> ParetoFront {
        let space = evaluator.space
        let points = biases.map { bias -> FrontPoint in
            var knobs = PolicyKnobs.start(in: space)
            knobs.biases[1] = bias
            let values = evaluator.moments(of: LinearPolicy(knobs, in: space)).outcomes.enumerated().map {
                space.outcomes[$0.offset].sign * ($0.element?.value ?? 0)
            }
            return FrontPoint(knobs: knobs, values: values)
        }
        let reference = points[0].values.indices.map { j in (points.map { $0.values[j] }.min() ?? 0) - 1 }
        return ParetoFront(points, reference: reference)
    }

    /// A later search hides what an earlier one found, but for what is picked; what was made by hand always stays.
    @Test func aNewSearchHidesOnlyWhatIsNotPicked() throws {
        let sample = try SampleStudy()
        let study = sample.study
        let evaluator = try study.workspace.evaluator()
        var knobs = PolicyKnobs.start(in: study.space)
        knobs.biases[2] = 0.03
        let hand = try study.addCandidate(knobs, workers: context.workers)
        let biases = stride(from: -0.4, through: 0.4, by: 0.1).map { $0 }
        let first = try study.keep(
            front(evaluator, biases: biases), weightsOnly: nil, evaluator: evaluator, context: context)
        #expect(first.candidates.count > 2 && first.record.search == 1)
        let picked = first.candidates[1]
        _ = try study.setPicks([picked], context: context)
        let second = try study.keep(
            front(evaluator, biases: biases.map { $0 + 0.05 }), weightsOnly: nil, evaluator: evaluator, context: context
        )
        #expect(second.record.search == 2)
        let shown = try study.file.candidates()
        let fresh = Set(second.candidates.map(\.id)).subtracting(first.candidates.map(\.id))
        #expect(Set(shown.map(\.id)) == fresh.union([hand.id, picked.id]))
        #expect(shown.filter(\.isPicked).map(\.id) == [picked.id])
        let hidden = try study.file.hiddenCandidates()
        #expect(hidden == Set(first.candidates.map(\.id)).subtracting([picked.id]))
        #expect(try study.file.candidates(includingHidden: true).count == shown.count + hidden.count)
        // What the second search found once more stays the candidate that it was.
        let third = try study.keep(
            ParetoFront([FrontPoint(knobs: picked.knobs, values: [1, 1, 1])], reference: [0, 0, 0]), weightsOnly: nil,
            evaluator: evaluator, context: context)
        #expect(third.candidates.map(\.id) == [picked.id])
    }

    /// The row of the newest candidate goes from the file, and its id is not given again.
    @Test func anIdIsNeverUsedAgain() throws {
        let sample = try SampleStudy()
        let study = sample.study
        func add(_ bias: Double) throws -> Int {
            var knobs = PolicyKnobs.start(in: study.space)
            knobs.biases[1] = bias
            return try study.addCandidate(knobs, workers: context.workers).id
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
        let next = try opened.addCandidate(knobs, workers: context.workers)
        #expect(next.id == 4 && next.name == "D")
        #expect(try opened.file.candidates().map(\.id) == [1, 2, 4])
    }
}
