import Foundation
import Policies
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
        try commits(Study(opening: path), &report)
    }

    /// Commits of slider steps as the workbench makes them at the rate at which a held key repeats, with a rest now and then
    /// in which the log is folded into the file.
    private static func commits(_ study: Study, _ report: inout Report) throws {
        var decisions = Decisions(knobs: .start(in: study.space))
        let before = History.Step(name: "knobs", before: decisions)
        let view = Data(repeating: UInt8(ascii: " "), count: 1_500)
        var times: [Double] = []
        for step in 0..<3_000 {
            decisions.knobs.biases[1] = Double(step) / 1_000
            let entry = LogEntry(kind: LogEntry.view, json: Data("{\"turn\":{\"steps\":\(step)}}".utf8))
            times += try Stopwatch.times(1) {
                try study.file.transaction(durably: false) { transaction in
                    try transaction.log(entry)
                    try transaction.save(decisions)
                    try transaction.save(view: view)
                    try transaction.replaceSteps(of: .past, after: 0, by: [before])
                }
            }
            usleep(step % 100 == 99 ? 400_000 : 3_000)
        }
        times.sort()
        report.add("commit of a slider's step, p50", "3000 steps", milliseconds: times[1_500])
        report.add("commit of a slider's step, p99", "3000 steps", milliseconds: times[2_970])
        report.add("commit of a slider's step, the longest", "3000 steps", milliseconds: times[2_999])
    }
}
