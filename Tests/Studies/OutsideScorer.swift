import Foundation
import Testing

/// `Scorer/score.py`, which knows policy files from their schema alone.
enum OutsideScorer {
    private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Scorer/score.py").path

    /// Whether there is a python3 to run it.
    static let isAvailable = (try? run(["-c", ""], to: FileHandle.nullDevice)) == 0

    /// The lines that it writes for the units of a table.
    /// - Parameter seconds: since 1970, for policies that explore anew in every period.
    static func lines(policy: URL, data: URL, seconds: Int? = nil) throws -> [String] {
        let path = policy.deletingLastPathComponent().appendingPathComponent("scored.csv").path
        try #require(FileManager.default.createFile(atPath: path, contents: nil))
        let output = try #require(FileHandle(forWritingAtPath: path))
        let code = try run(
            [script, policy.path, data.path] + (seconds.map { ["", "\($0)"] } ?? []), to: output)
        #expect(code == 0)
        return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    private static func run(_ arguments: [String], to output: FileHandle) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        process.standardOutput = output
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
