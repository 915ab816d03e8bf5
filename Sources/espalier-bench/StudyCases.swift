import Foundation
import Runtime
import Simulation
import Studies

/// Fitting the sample and opening its study.
enum StudyCases {
    static func run(_ report: inout Report) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("espalier-bench-study-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Scenario.named("notifications").write(to: folder.path)
        let path = folder.appendingPathComponent("sample.espalier").path
        let fitting = try Stopwatch.median(1) {
            let fit = try StudyFit.run(
                specPath: folder.appendingPathComponent("experiment.yaml").path, context: RunContext())
            _ = try Study.create(at: path, fit: fit, workers: Workers())
        }
        report.add("fitting the sample: read, trees, models, write", "40000 units", milliseconds: fitting)
        let opening = try Stopwatch.median(5) { _ = try Study(opening: path) }
        report.add("opening its study", "40000 units", milliseconds: opening)
    }
}
