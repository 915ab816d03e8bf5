import Foundation
import Frames
import Runtime
import Simulation
import Workbench

/// Key to frame on every screen of a fitted study with a searched front: what drawing itself costs.
enum ScreenCases {
    static func run(_ report: inout Report) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        let units = 64_000
        try Scenario.named("notifications").write(to: folder.path, units: units, seed: 3)
        let worker = StudyWorker(
            .spec(
                path: folder.appendingPathComponent("experiment.yaml").path,
                study: folder.appendingPathComponent("study.espalier").path),
            workers: Workers())
        let session = Session(title: "bench", worker: worker, services: WorkbenchServices(tool: "bench")) {}
        defer { session.close() }
        session.start()
        session.settle()
        for key in try Key.parse("5s") {
            session.type(key)
            session.settle()
        }
        for screen in Screen.allCases where screen.isTab {
            for (width, height) in [(80, 24), (200, 60)] {
                session.type(.character(Character("\(screen.number)")))
                session.settle()
                var presses = 0
                let times = Stopwatch.times(200) {
                    presses += 1
                    session.type(.character(presses % 40 < 20 ? "j" : "k"))
                    _ = session.frame(width: width, height: height, glyphs: .unicode)
                }.sorted()
                session.settle()
                report.add(
                    "\(screen.title), key to frame, p99", "\(width)x\(height)",
                    milliseconds: times[times.count * 99 / 100])
            }
        }
    }
}
