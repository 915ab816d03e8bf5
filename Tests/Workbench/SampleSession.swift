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

    convenience init(preferences: SessionPreferences = SessionPreferences()) throws {
        try self.init(title: "notification-caps", preferences: preferences) {
            try Scenario.named("notifications").write(to: $0.path, units: 4_000, seed: 11)
        }
    }

    /// - Parameter write: puts `experiment.yaml` and what it names into a folder.
    init(
        title: String, preferences: SessionPreferences = SessionPreferences(), write: (URL) throws -> Void
    ) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try write(folder)
        let worker = StudyWorker(
            .spec(
                path: folder.appendingPathComponent("experiment.yaml").path,
                study: folder.appendingPathComponent("study.espalier").path),
            workers: Workers())
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
