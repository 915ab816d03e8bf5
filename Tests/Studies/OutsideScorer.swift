import Foundation
import Policies
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
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
        try compareKit(policy: policy, data: data, seconds: seconds, with: lines)
        return lines
    }

    /// The scorer of a kit, which is another, gives the same arms and the same holdout.
    private static func compareKit(policy: URL, data: URL, seconds: Int?, with lines: [String]) throws {
        let bytes = try Data(contentsOf: policy)
        guard bytes.first == UInt8(ascii: "{"), data.pathExtension != "gz" else { return }
        let document = try PolicyDocument(json: bytes, file: policy.path)
        guard document.assignment.unit != nil, document.assignment.cluster == nil else { return }
        let folder = policy.deletingLastPathComponent()
        let kit = folder.appendingPathComponent("kit.py").path
        try ScorerScript(document).text.write(toFile: kit, atomically: true, encoding: .utf8)
        let path = folder.appendingPathComponent("kit.csv").path
        try #require(FileManager.default.createFile(atPath: path, contents: nil))
        let output = try #require(FileHandle(forWritingAtPath: path))
        let code = try run(
            [kit, policy.path] + (seconds.map { ["\($0)"] } ?? []), to: output, input: FileHandle(forReadingFrom: data))
        #expect(code == 0)
        func arms(_ lines: [String]) -> [Substring] {
            lines.dropFirst().map { line in line.split(separator: ",").prefix(3).joined(separator: ",")[...] }
        }
        let own = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
        #expect(own.count == lines.count && zip(arms(own), arms(lines)).count { $0 != $1 } == 0)
    }

    private static func run(
        _ arguments: [String], to output: FileHandle, input: FileHandle = .nullDevice
    ) throws -> Int32 {
        let process = Process()
        process.standardInput = input
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        process.standardOutput = output
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
