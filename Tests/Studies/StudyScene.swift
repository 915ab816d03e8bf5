import Foundation
import GRDB
import Policies
import Runtime
import Studies

/// A study in a folder of its own, and what a killed process would leave of it.
final class StudyScene {
    let folder: URL
    let path: String

    init(units: Int = 3_000, seed: UInt64 = 11) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.appendingPathComponent("study.espalier").path
        _ = try Study.create(at: path, fit: SampleFits.fit(units: units, seed: seed), workers: Workers())
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// The bytes of a study and of its log at one moment: what is there if all processes die now.
    struct Remains {
        let file: Data
        let log: Data?

        /// The log first: a log that is folded in between is still one that the file can have.
        init(of path: String) throws {
            log = FileManager.default.contents(atPath: path + "-wal")
            file = try Data(contentsOf: URL(fileURLWithPath: path))
        }

        /// Whether a transaction ends in the log: the second number of a frame is the size of the file after it.
        var logHasCommit: Bool {
            guard let log, log.count > 32 else { return false }
            return stride(from: 32, to: log.count - 24, by: 24 + 4096).contains { frame in
                log[frame + 8..<frame + 16] == log[16..<24] && log[frame + 4..<frame + 8].contains { $0 != 0 }
            }
        }

        /// Lays them out at a path.
        func put(at path: String) throws {
            for suffix in ["-wal", "-shm", "-journal"] { unlink(path + suffix) }
            try file.write(to: URL(fileURLWithPath: path))
            try log?.write(to: URL(fileURLWithPath: path + "-wal"))
        }
    }

    /// A place in the scene's folder.
    func place(_ name: String) -> String { folder.appendingPathComponent(name + ".espalier").path }

    /// Adds a candidate whose first bias tells it from others.
    static func add(_ bias: Double, to study: Study) throws {
        var knobs = PolicyKnobs.start(in: study.space)
        knobs.biases[1] = bias
        try study.perform(AddCandidate(knobs), RunContext())
    }

    static func biases(_ path: String) throws -> [Double] {
        try StudyFile(opening: path).candidates().map { $0.knobs.biases[1] }
    }

    /// Waits until the log is folded into the file.
    static func waitForRest(_ path: String) throws {
        let deadline = Date(timeIntervalSinceNow: 20)
        while Date() < deadline {
            let size = try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int
            if size ?? 0 == 0 { return }
            usleep(10_000)
        }
        throw CancellationError()
    }

    static func sideFiles(_ path: String) throws -> [String] {
        let url = URL(fileURLWithPath: path)
        return try FileManager.default.contentsOfDirectory(atPath: url.deletingLastPathComponent().path)
            .filter { $0.hasPrefix(url.lastPathComponent) && $0 != url.lastPathComponent }.sorted()
    }
}
