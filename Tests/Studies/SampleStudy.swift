import Foundation
import Runtime
import Simulation
import Studies

/// A study of a small simulated experiment in a folder of its own, deleted with it.
final class SampleStudy {
    let folder: URL
    let study: Study

    init(units: Int = 3_000, seed: UInt64 = 11) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try Scenario.named("notifications").write(to: folder.path, units: units, seed: seed)
        let fit = try StudyFit.run(
            specPath: folder.appendingPathComponent("experiment.yaml").path, context: RunContext())
        study = try Study.create(
            at: folder.appendingPathComponent("study.espalier").path, fit: fit, workers: Workers())
    }

    deinit { try? FileManager.default.removeItem(at: folder) }
}

extension SampleStudy {
    /// The study of a sample as another process would see it.
    static func reopened(_ sample: SampleStudy) throws -> Study {
        let copy = sample.folder.appendingPathComponent("copy.espalier").path
        try StudyCopy.make(of: sample.study.file.path, at: copy)
        return try Study(opening: copy)
    }
}
