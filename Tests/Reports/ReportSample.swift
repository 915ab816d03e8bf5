import Foundation
import Runtime
import Simulation
import Studies

/// A small simulated study with a searched front and two picks.
enum ReportSample {
    static func withStudy(units: Int = 4_000, _ body: (Study) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Scenario.named("notifications").write(to: folder.path, units: units, seed: 3)
        let fit = try StudyFit.run(
            specPath: folder.appendingPathComponent("experiment.yaml").path, context: RunContext())
        try body(
            try Study.create(at: folder.appendingPathComponent("a.espalier").path, fit: fit, workers: Workers()))
    }
}
