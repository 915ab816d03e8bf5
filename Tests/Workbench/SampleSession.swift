import Foundation
import Frames
import Simulation
import Statistics
import Studies
import Workbench

/// A workbench on a small simulated experiment, each key typed to its whole effect.
final class SampleSession {
    let session: Session
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try Scenario.named("notifications").write(to: folder.path, units: 4_000, seed: 11)
        let laboratory = Laboratory(
            .spec(
                path: folder.appendingPathComponent("experiment.yaml").path,
                study: folder.appendingPathComponent("study.espalier").path),
            folder: folder.path, workers: Workers(), tool: "tests")
        session = Session(title: "notification-caps", laboratory: laboratory) {}
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
