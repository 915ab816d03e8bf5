import Foundation
import Frames
import Reports
import Runtime
import Simulation
import Studies
import Workbench

/// A workbench on a small simulated experiment, each key typed to its whole effect.
final class SampleSession {
    let session: Session
    let folder: URL

    /// A session on a study of its own of the experiment that the process has fitted once.
    convenience init(preferences: SessionPreferences = SessionPreferences()) throws {
        try self.init(title: "notification-caps", preferences: preferences) { folder in
            let path = folder.appendingPathComponent("study.espalier").path
            _ = try Study.create(at: path, fit: SampleFit.shared.get(), workers: Workers())
            return .study(path: path)
        }
    }

    /// A session that fits a spec first.
    /// - Parameter write: puts `experiment.yaml` and what it names into a folder.
    convenience init(title: String, write: (URL) throws -> Void) throws {
        try self.init(title: title, preferences: SessionPreferences()) { folder in
            try write(folder)
            return .spec(
                path: folder.appendingPathComponent("experiment.yaml").path,
                study: folder.appendingPathComponent("study.espalier").path)
        }
    }

    private init(
        title: String, preferences: SessionPreferences, prepare: (URL) throws -> StudyWorker.Subject
    ) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let worker = StudyWorker(
            try prepare(folder), workers: Workers())
        let services = WorkbenchServices(tool: "tests", folder: folder.path) { study, candidate, workers in
            try StudyReport(study, candidate: candidate, tool: "tests", workers: workers).html()
        }
        session = Session(title: title, worker: worker, services: services, preferences: preferences) {}
        session.start()
        session.settle()
    }

    deinit {
        session.close()
        try? FileManager.default.removeItem(at: folder)
    }

    func type(_ keys: String) throws {
        for key in try Key.parse(keys) {
            session.type(key)
            session.settle()
        }
    }

    func frame(_ width: Int = 80, _ height: Int = 24, _ glyphs: GlyphSet = .unicode) -> Frame {
        session.frame(width: width, height: height, glyphs: glyphs)
    }
}

/// The small simulated experiment of the sessions, fitted once for all of a process.
private enum SampleFit {
    /// Its data are read again by drill-downs and searches of subgroups, until the process ends.
    private static let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)

    static let shared = Result {
        atexit { try? FileManager.default.removeItem(at: SampleFit.folder) }
        try Scenario.named("notifications").write(to: folder.path, units: 4_000, seed: 11)
        return try StudyFit.run(
            specPath: folder.appendingPathComponent("experiment.yaml").path, context: RunContext())
    }
}
