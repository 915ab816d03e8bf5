import Foundation
import Mutations
import Policies
import Runtime
import Studies
import Testing

/// Broken logs and policy files are read or refused with a sentence; nothing traps.
@Suite struct FormatFuzzTests {
    @Test func logs() throws {
        let scene = try StudyScene()
        let study = try Study(opening: scene.path, for: .writing)
        for bias in [0.1, 0.2] { try StudyScene.add(bias, to: study) }
        try study.perform(SetPicks([1]), RunContext())
        let whole = [UInt8](try StudyLog.export(study.file))
        var mutations = ByteMutations(seed: 31)
        let path = scene.folder.appendingPathComponent("log.jsonl")
        try NightlyMode.rounds(400, nightly: 60) { _ in
            try Data(mutations.mutated(whole)).write(to: path)
            do {
                let log = try StudyLog(file: path.path)
                for entry in log.entries {
                    let operation = try? OperationRegistry.operation(entry)
                    _ = operation?.fits(study.space)
                }
            } catch let error as EspalierError { #expect(error.kind == .data && !error.message.isEmpty) }
        }
    }

    @Test func policies() throws {
        let scene = try StudyScene()
        let study = try Study(opening: scene.path, for: .writing)
        try StudyScene.add(0.1, to: study)
        let candidate = try study.file.candidate(1)
        let whole = [UInt8](try study.document(of: candidate, holdout: 0.1, tool: "test").json())
        var mutations = ByteMutations(seed: 32)
        try NightlyMode.rounds(20, nightly: 60) { _ in
            do {
                _ = try PolicyDocument(json: Data(mutations.mutated(whole)), file: "policy.json")
            } catch let error as EspalierError { #expect(error.kind == .data && !error.message.isEmpty) }
        }
    }
}
