import Foundation
import Frontier
import Policies
import Runtime
import Statistics
import Studies

/// Ten million units with nine covariates, three arms and three outcomes, from the data file to the frame:
/// `espalier-bench large`, and after it another number of units.
enum LargeStudyCases {
    static func run(units: Int) throws {
        var report = Report()
        let size = "\(units) units"
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("espalier-large-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try write(folder, units: units)
        let path = folder.appendingPathComponent("large.espalier").path
        // In a function of its own, so that nothing of the fit is in memory when the study is opened.
        try fit(folder, path, size, &report)
        let opening = try Stopwatch.median(1) { _ = try Study(opening: path).workspace }
        report.add("opening its study and making its table", size, milliseconds: opening)
        let workspace = try Study(opening: path).workspace
        try PolicyCases.evaluate(workspace, units, &report)
        try search(workspace, size, &report)
        try PolicyCases.keyToFrame(workspace, units, "", &report)
        try PolicyCases.whileSearching(workspace) {
            try PolicyCases.keyToFrame(workspace, units, " in a search", &report)
        }
        report.note()
    }

    private static func fit(_ folder: URL, _ path: String, _ size: String, _ report: inout Report) throws {
        let spent = try Stopwatch.seconds {
            let fit = try StudyFit.run(
                specPath: folder.appendingPathComponent("large.yaml").path, context: RunContext())
            _ = try Study.create(at: path, fit: fit, workers: Workers())
        }
        let bytes = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        report.add(
            "fit with learner tree, study written", size, seconds: spent.processor,
            note: String(
                format: "%.1f s by the clock, %.2f GB of memory at most, study of %.2f GB", spent.clock,
                Double(peakBytes) / 1e9, Double(bytes) / 1e9))
    }

    private static func search(_ workspace: PolicyWorkspace, _ size: String, _ report: inout Report) throws {
        let evaluator = try workspace.evaluator(workers: Workers(count: 1))
        let reference = ReferencePoint.standard(arms: PolicySearch.armValues(evaluator))
        var volume = 0.0
        let spent = try Stopwatch.seconds {
            volume = try SampledSearch(
                evaluator: evaluator, grids: workspace.grids, settings: SearchSettings()
            ).runTraced(reference: reference, context: RunContext()).front.hypervolume
        }
        report.add(
            "search of the front, samples and all units", size, seconds: spent.processor,
            note: String(format: "%.1f s by the clock, hypervolume %.5g", spent.clock, volume))
    }

    /// The most memory that this process has had.
    private static var peakBytes: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss * 1024
    }

    private static let covariates = (1...9).map { "x\($0)" }

    /// An id, nine numbers, one of three arms and three outcomes a unit, one of them an event.
    private static func write(_ folder: URL, units: Int) throws {
        let spec = """
            name: large
            data: large.csv
            unit: id
            treatment: {column: arm, control: control, arms: [control, one, two], shares: [1, 1, 1]}
            outcomes:
              - {name: revenue, direction: maximize}
              - {name: click, direction: maximize}
              - {name: calls, direction: minimize}
            covariates: [\(covariates.joined(separator: ", "))]
            splits: {seed: 7, confirm: 0.3, folds: 5}
            effects: {learner: tree}
            """
        try Data(spec.utf8).write(to: folder.appendingPathComponent("large.yaml"))
        let path = folder.appendingPathComponent("large.csv").path
        try Data().write(to: URL(fileURLWithPath: path))
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        defer { try? file.close() }
        let arms = ["control", "one", "two"]
        var stream = RandomStream(seed: 5)
        let numbers = (0..<65_536).map { _ in (stream.normal() * 1e4).rounded() / 1e4 }
        let texts = numbers.map { "\($0)," }
        var lines = (["id"] + covariates + ["arm", "revenue", "click", "calls"]).joined(separator: ",") + "\n"
        for unit in 0..<units {
            let drawn = covariates.map { _ in stream.index(below: numbers.count) }
            let arm = stream.index(below: 3)
            let (x, y, z) = (numbers[drawn[0]], numbers[drawn[1]], numbers[drawn[2]])
            let gain: Double = arm == 1 && x > 0 ? 0.5 : 0
            let clicking: Double = arm == 2 && z > 0.5 ? 0.2 : 0.1
            let fewer: Double = arm == 2 ? 0.3 * y : 0
            let revenue: Double = y + gain + stream.normal()
            let calls: Double = z - fewer + stream.normal()
            let click = stream.uniform() < clicking ? 1 : 0
            lines += "\(unit),"
            for index in drawn { lines += texts[index] }
            lines += "\(arms[arm]),\(Int(1e4 * revenue)),\(click),\(Int(1e4 * calls))\n"
            if lines.utf8.count > 1 << 22 {
                try file.write(contentsOf: Data(lines.utf8))
                lines = ""
            }
        }
        try file.write(contentsOf: Data(lines.utf8))
    }
}
