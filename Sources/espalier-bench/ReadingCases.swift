import Experiments
import Foundation
import Simulation
import Statistics

/// Reading a million rows of 30 numbers, and the whole experiment of the sample.
enum ReadingCases {
    static func run(_ report: inout Report) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("espalier-bench-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("wide.csv").path
        let bytes = try writeWide(path, rows: 1_000_000, columns: 30)
        let encodings = (0..<30).map { (name: "x\($0)", encoding: CovariateEncoding.numeric(centre: 0)) }
        let time = try Stopwatch.median(3) {
            _ = try CovariateTable.read(path, unit: .row, encodings: encodings)
        }
        report.add("reading CSV", "1000000 x 30", milliseconds: time, bytes: bytes)
        try Scenario.named("notifications").write(to: folder.path)
        let whole = try Stopwatch.median(3) {
            _ = try Experiment.read(specPath: folder.appendingPathComponent("experiment.yaml").path)
        }
        report.add("the sample's experiment, gzip, with SHA-256", "40000 x 17", milliseconds: whole)
    }

    private static func writeWide(_ path: String, rows: Int, columns: Int) throws -> Int {
        var stream = RandomStream(seed: 3)
        let numbers = (0..<4_096).map { _ in String(format: "%.4f", stream.normal()) }
        var text = Data((0..<columns).map { "x\($0)" }.joined(separator: ",").utf8)
        text.append(10)
        for _ in 0..<rows {
            let row = (0..<columns).map { _ in numbers[stream.index(below: numbers.count)] }.joined(separator: ",")
            text.append(contentsOf: row.utf8)
            text.append(10)
        }
        try text.write(to: URL(fileURLWithPath: path))
        return text.count
    }
}
