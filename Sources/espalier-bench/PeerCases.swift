import Effects
import Experiments
import Foundation
import Policies
import Runtime
import Simulation
import Statistics

/// What the product does beside what polars, DuckDB, NumPy and XGBoost take for the same, in one run: `espalier-bench peers`,
/// and after it the parts wanted. A peer that is not installed is left out.
enum PeerCases {
    static func run(parts: Set<String>) throws {
        let peer = Peer()
        if peer == nil { print("no peers: name a Python with polars, duckdb, numpy and xgboost in ESPALIER_PEERS") }
        print("CPU seconds and seconds by the clock; ratios of CPU seconds are the product's to the peer's")
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("espalier-peers-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        if parts.isEmpty || !parts.isDisjoint(with: ["reading", "check"]) {
            let path = folder.appendingPathComponent("units.csv").path
            try write(path, units: 1_000_000)
            if parts.isEmpty || parts.contains("reading") { try reading(path, peer) }
            if parts.isEmpty || parts.contains("check") { try check(path, peer) }
        }
        if parts.isEmpty || parts.contains("fit") {
            let path = folder.appendingPathComponent("fit.csv").path
            try write(path, units: 200_000)
            try fit(path, peer)
        }
        if parts.isEmpty || parts.contains("evaluation") { try evaluation(peer) }
    }

    private static let covariates = (0..<25).map { "x\($0)" }
    private static let outcomes = (0..<3).map { "y\($0)" }

    /// An id, 25 numbers, one of three arms and three outcomes a unit.
    static func write(_ path: String, units: Int) throws {
        var stream = RandomStream(seed: 3)
        let numbers = (0..<4_096).map { _ in stream.normal() }
        let texts = numbers.map { String(format: "%.4f", $0) }
        try Data().write(to: URL(fileURLWithPath: path))
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        defer { try? file.close() }
        var text = Data((["id"] + covariates + ["arm"] + outcomes).joined(separator: ",").utf8)
        text.append(10)
        for unit in 0..<units {
            let drawn = (0..<25).map { _ in stream.index(below: numbers.count) }
            let arm = stream.index(below: 3)
            let values = (0..<3).map { outcome -> String in
                let base = numbers[drawn[outcome]] + sin(numbers[drawn[outcome + 1]])
                return String(
                    format: "%.4f", base + 0.3 * Double(arm) * numbers[drawn[outcome + 2]] + stream.normal())
            }
            let row = ["u\(unit)"] + drawn.map { texts[$0] } + [["control", "one", "two"][arm]] + values
            text.append(contentsOf: row.joined(separator: ",").utf8)
            text.append(10)
            if text.count > 1 << 22 {
                try file.write(contentsOf: text)
                text = Data()
            }
        }
        try file.write(contentsOf: text)
    }

    /// The spec of such a file.
    static func yaml(_ path: String) -> String {
        """
        name: peers
        data: \(path)
        unit: id
        treatment: {column: arm, control: control, arms: [control, one, two], shares: [1, 1, 1]}
        outcomes:
        \(outcomes.map { "  - {name: \($0), direction: maximize}" }.joined(separator: "\n"))
        covariates: [\(covariates.joined(separator: ", "))]
        splits: {seed: 7, confirm: 0.3, folds: 5}
        """
    }

    private static func spec(_ path: String) throws -> ExperimentSpec {
        try ExperimentSpec.read(yaml: yaml(path), file: "peers.yaml")
    }

    private static func reading(_ path: String, _ peer: Peer?) throws {
        for threads in [1, 2] {
            let own = try Stopwatch.seconds {
                var reader = TableReader(path: path)
                try reader.want("id", .key, for: "unit")
                try reader.want("arm", .label, for: "treatment")
                for column in covariates + outcomes { try reader.want(column, .number, for: "covariate") }
                _ = try reader.read(context: RunContext(workers: Workers(count: threads)))
            }
            report("reading 1,000,000 x 30, \(threads) thr", own)
            let polars = try peer?.time(
                setUp: "import os; os.environ['POLARS_MAX_THREADS'] = '\(threads)'\nimport polars",
                work: "polars.read_csv('\(path)')")
            report("polars", polars, of: own)
            let duckdb = try peer?.time(
                setUp: "import duckdb; duckdb.sql('set threads = \(threads)')",
                work: "duckdb.sql(\"create table t as select * from read_csv('\(path)')\")")
            report("DuckDB", duckdb, of: own)
        }
    }

    private static func check(_ path: String, _ peer: Peer?) throws {
        let spec = try spec(path)
        let duckdb = try peer?.time(
            setUp: "import duckdb", work: "duckdb.sql(\"create table t as select * from read_csv('\(path)')\")")
        for threads in [1, 2] {
            let workers = Workers(count: threads)
            let own = try Stopwatch.seconds {
                let read = try Experiment.read(spec: spec, folder: "", context: RunContext(workers: workers))
                _ = try HealthReport.examine(read, workers: workers)
            }
            report("reading, balance and health, \(threads) thr", own)
            report("DuckDB, reading alone", duckdb, of: own)
        }
    }

    private static func fit(_ path: String, _ peer: Peer?) throws {
        let experiment = try Experiment.read(spec: spec(path), folder: "").experiment
        let data = TrainingData(experiment)
        let own = try Stopwatch.seconds { _ = try Nuisances.fit(data, for: [], context: RunContext()) }
        report("outcome models and scores, 200,000 x 25", own)
        let xgboost = try peer?.time(
            setUp: """
                import numpy, xgboost
                random = numpy.random.default_rng(1)
                x = random.normal(size=(140000 * 4 // 15, 25)).astype('f4')
                y = (x[:, 0] + numpy.sin(x[:, 1]) + random.normal(size=len(x))).astype('f4')
                """,
            work: """
                for model in range(45):
                    xgboost.train({'tree_method': 'hist', 'max_depth': 3, 'eta': 0.1, 'lambda': 5, 'nthread': 1,
                                   'min_child_weight': len(x) / 200}, xgboost.DMatrix(x, y, nthread=1), 80)
                """)
        report("XGBoost, 45 models of as many units alone", xgboost, of: own)
    }

    private static func evaluation(_ peer: Peer?) throws {
        let units = 1_000_000
        let workspace = PolicyCases.workspace(units: units)
        let knobs = PolicyKnobs.start(in: workspace.space)
        let evaluator = try workspace.evaluator(workers: Workers(count: 1))
        let own = Stopwatch.seconds(runs: 20) { _ = evaluator.evaluate(knobs) }
        report("one evaluation, 1,000,000 units, 1 thr", own)
        let numpy = try peer?.time(
            setUp: """
                import os; os.environ['OMP_NUM_THREADS'] = '1'
                import numpy
                random = numpy.random.default_rng(1)
                tau = random.normal(size=(6, \(units))).astype('f4'); y = random.normal(size=(3, \(units))).astype('f4')
                residual = random.normal(size=(3, \(units))).astype('f4'); arm = random.integers(0, 3, \(units))
                """,
            work: """
                u = numpy.stack([numpy.zeros(\(units), 'f4'), tau[0] + .4 * tau[1], tau[3] + .4 * tau[4]])
                pick = u.argmax(0); match = pick == arm
                for j in range(3):
                    gain = numpy.where(pick == 1, tau[j], numpy.where(pick == 2, tau[3 + j], 0))
                    d = gain + (match.astype('f4') - (arm == 0)) * residual[j]
                    d.sum(), (d * d).sum(), (match * y[j]).sum()
                """)
        report("NumPy, whole columns at a time", numpy, of: own)
    }

    private static func report(_ name: String, _ seconds: Peer.Seconds?, of own: Peer.Seconds? = nil) {
        guard let seconds else { return }
        var line = (own == nil ? name : "  " + name).padding(toLength: 48, withPad: " ", startingAt: 0)
        line += String(format: "%8.3f CPU s %8.3f s", seconds.processor, seconds.clock)
        if let own { line += String(format: "  %5.2fx", own.processor / seconds.processor) }
        print(line)
    }
}

extension Stopwatch {
    /// Seconds of one of some runs, all threads together and by the clock.
    static func seconds(runs: Int = 1, _ body: () throws -> Void) rethrows -> Peer.Seconds {
        func spent() -> Double {
            var usage = rusage()
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
            return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
                + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
        }
        let start = spent()
        var milliseconds = 0.0
        for time in try times(runs, body) { milliseconds += time }
        return Peer.Seconds(processor: (spent() - start) / Double(runs), clock: milliseconds / 1e3 / Double(runs))
    }
}
