import Foundation
import Policies
import Runtime
import Simulation
import Studies
import Testing

/// A fit of a changed spec over an older study: what can be carried over is, and the older study stays.
@Suite struct ChangedSpecTests {
    /// The sample's experiment with some of its outcomes, in some order, by their lines in the spec.
    private static func fit(_ scene: StudyScene, outcomes order: [Int]) throws -> (spec: String, fit: StudyFit) {
        let folder = scene.folder.appendingPathComponent("experiment")
        if !FileManager.default.fileExists(atPath: folder.path) {
            try Scenario.named("notifications").write(to: folder.path, units: 2_000, seed: 5)
        }
        var lines = try String(contentsOf: folder.appendingPathComponent("experiment.yaml"), encoding: .utf8)
            .components(separatedBy: "\n")
        let places = lines.indices.filter { lines[$0].hasPrefix("  - {name: ") }
        try #require(places.count == 3)
        let written = places.map { lines[$0] }
        for (index, place) in places.enumerated() { lines[place] = index < order.count ? written[order[index]] : "" }
        let spec = folder.appendingPathComponent("spec-\(order).yaml").path
        try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: spec))
        return (spec, try StudyFit.run(specPath: spec, context: RunContext()))
    }

    @Test func candidatesAreCarriedByTheNamesOfOutcomes() throws {
        let scene = try StudyScene()
        let path = scene.place("changing")
        let first = try Self.fit(scene, outcomes: [0, 1, 2])
        do {
            let study = try Study.create(at: path, fit: first.fit, workers: Workers())
            for (weights, bias) in [([1.0, 4, 0], 0.1), ([1, 0, 2], 0.2), ([1, 8, 0], 0.3)] {
                let knobs = PolicyKnobs(weights: weights, biases: [0, bias, 0, 0], shrinkage: [0.1, 0.2, 0.3])
                try study.perform(AddCandidate(knobs), RunContext())
            }
            try study.perform(SetPicks([1, 2]), RunContext())
            #expect(try study.file.looks() == 2)
        }
        // Reordered, the third outcome gone: what rested on it cannot be carried.
        let second = try Self.fit(scene, outcomes: [1, 0])
        let change = try #require(try StudyFit.change(specPath: second.spec, study: path))
        #expect(change.words == "the outcome disables is gone, the outcomes are in another order")
        #expect(try StudyFit.change(specPath: first.spec, study: path) == nil)
        do {
            let study = try Study.create(at: path, fit: second.fit, workers: Workers())
            let candidates = try study.file.candidates()
            #expect(candidates.map(\.id) == [1, 3] && candidates.map(\.isPicked) == [true, false])
            #expect(candidates[0].knobs.weights == [1, 0.25] && candidates[0].knobs.shrinkage == [0.2, 0.1])
            #expect(candidates[1].knobs.biases == [0, 0.3 / 8, 0, 0])
            #expect(candidates.allSatisfy { $0.tune?.outcomes.count == 2 } && candidates[0].confirm != nil)
            // The looks of before, and the one at the new estimate of the pick that was carried.
            #expect(try study.file.looks() == 3)
            let next = try study.perform(AddCandidate(PolicyKnobs.start(in: study.space)), RunContext())
            #expect(next.id == 4)
        }
        let kept = scene.place("changing-1")
        let older = try StudyFile(opening: kept)
        #expect(try older.candidates().map(\.id) == [1, 2, 3] && older.looks() == 2)
        #expect(try older.entries().count == 5)
    }

    /// A refit of the same spec keeps all of it in the one file.
    @Test func aRefitOfTheSameSpecLeavesNoOtherFile() throws {
        let scene = try StudyScene()
        do { try StudyScene.add(0.5, to: Study(opening: scene.path)) }
        _ = try Study.create(at: scene.path, fit: SampleFits.fit(units: 3_000, seed: 11), workers: Workers())
        #expect(try StudyScene.biases(scene.path) == [0.5])
        #expect(try FileManager.default.contentsOfDirectory(atPath: scene.folder.path) == ["study.espalier"])
    }
}
