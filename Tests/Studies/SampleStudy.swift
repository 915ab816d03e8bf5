import Foundation
import Frontier
import Runtime
import Simulation
import Studies
import Synchronization

/// A study of a small simulated experiment in a folder of its own, deleted with it. The experiment is fitted once for all
/// studies of the same size and seed.
final class SampleStudy {
    let folder: URL
    let study: Study

    init(units: Int = 3_000, seed: UInt64 = 11) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        study = try Study.create(
            at: folder.appendingPathComponent("study.espalier").path, fit: SampleFits.fit(units: units, seed: seed),
            workers: Workers())
    }

    deinit { try? FileManager.default.removeItem(at: folder) }
}

extension SampleStudy {
    /// With a searched front, three of which are picked.
    static func withPicks() throws -> SampleStudy {
        let sample = try SampleStudy()
        _ = try sample.study.perform(SearchFront(SearchSettings(evaluations: 40)), RunContext())
        _ = try sample.study.perform(PickByHypervolume(count: 3), RunContext())
        return sample
    }

    /// The study of a sample as another process would see it.
    static func reopened(_ sample: SampleStudy) throws -> Study {
        let copy = sample.folder.appendingPathComponent("copy.espalier").path
        try StudyCopy.make(of: sample.study.file.path, at: copy)
        return try Study(opening: copy)
    }
}

/// The fits of simulated experiments, made once each.
enum SampleFits {
    private struct Size: Hashable {
        let units: Int
        let seed: UInt64
    }

    /// Their data are read again by searches of settings and subgroups, until the process ends.
    private static let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    private static let known = Mutex<[Size: StudyFit]>([:])
    private static let cleaning: Void = { atexit { try? FileManager.default.removeItem(at: SampleFits.folder) } }()

    static func fit(units: Int, seed: UInt64) throws -> StudyFit {
        // Whoever comes while a fit is being made waits for it.
        try known.withLock { known in
            let size = Size(units: units, seed: seed)
            if let fit = known[size] { return fit }
            _ = cleaning
            let own = folder.appendingPathComponent("\(units)-\(seed)")
            try Scenario.named("notifications").write(to: own.path, units: units, seed: seed)
            let fit = try StudyFit.run(
                specPath: own.appendingPathComponent("experiment.yaml").path, context: RunContext())
            known[size] = fit
            return fit
        }
    }
}
