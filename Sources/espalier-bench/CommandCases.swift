import Foundation
import Runtime
import VirtualTerminal

/// Commands as an analyst runs them, with what they take as processes: `fit` with learner T, 25 covariates, 3 arms and 3 outcomes,
/// and `assign` by such a policy. `espalier-bench commands`; it needs the built workbench.
enum CommandCases {
    static func run() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("espalier-commands-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func place(_ name: String) -> String { folder.appendingPathComponent(name).path }
        for units in [200_000, 1_000_000] {
            try PeerCases.write(place("units.csv"), units: units)
            try Data(PeerCases.yaml(place("units.csv")).utf8).write(to: URL(fileURLWithPath: place("spec.yaml")))
            report(
                "fit, learner t, \(units) x 25", try spend(["fit", place("spec.yaml"), "-o", place("s.espalier")]))
        }
        _ = try spend(["front", place("s.espalier"), "--evaluations", "20"])
        _ = try spend(["export", place("s.espalier"), "--candidate", "A", "-o", place("policy.json")])
        report(
            "assign, learner t, 1000000 rows",
            try spend(["assign", place("policy.json"), place("units.csv"), "-o", place("arms.csv")]))
    }

    private struct Spent {
        let seconds: Peer.Seconds
        let peakBytes: Int
    }

    private static func report(_ name: String, _ spent: Spent) {
        print(
            name.padding(toLength: 48, withPad: " ", startingAt: 0)
                + String(
                    format: "%8.2f CPU s %8.2f s %8.0f MB", spent.seconds.processor, spent.seconds.clock,
                    Double(spent.peakBytes) / 1e6))
    }

    /// Runs the workbench's executable to its end.
    /// - Throws: `EspalierError` where it does not end well.
    private static func spend(_ arguments: [String]) throws -> Spent {
        let path = try BuiltProduct.path("espalier")
        var words: [UnsafeMutablePointer<CChar>?] = ([path, arguments[0], "--quiet"] + arguments.dropFirst()).map {
            strdup($0)
        }
        words.append(nil)
        defer { for word in words { free(word) } }
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0)
        var child: pid_t = 0
        var status: Int32 = 0
        var usage = rusage()
        var peak = 0
        let milliseconds = try Stopwatch.times(1) {
            var isStarted = posix_spawn(&child, path, &files, nil, words, environ) == 0
            // The peak that `wait4` tells of is at least this process's own.
            while isStarted, wait4(child, &status, WNOHANG, &usage) == 0 {
                peak = max(peak, peakBytes(of: child) ?? 0)
                isStarted = usleep(5_000) == 0
            }
            guard isStarted, status == 0 else {
                throw EspalierError(.internal, "`espalier \(arguments[0])` did not end well", file: path)
            }
        }
        let processor =
            Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
        return Spent(
            seconds: Peer.Seconds(processor: processor, clock: milliseconds[0] / 1e3),
            peakBytes: peak)
    }

    private static func peakBytes(of process: pid_t) -> Int? {
        let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
    }
}
