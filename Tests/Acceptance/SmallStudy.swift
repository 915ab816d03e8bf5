import Foundation
import VirtualTerminal

/// A study of a small simulated experiment in a scratch folder, made by the built binary.
final class SmallStudy: Sendable {
    /// The binary ended otherwise than it should.
    struct Failure: Error {
        let arguments: [String]
        let status: Int32
    }

    let folder: URL
    /// The study as it was fitted; tests work on copies.
    let fitted: String

    init(units: Int = 1500) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        fitted = folder.appendingPathComponent("fitted.espalier").path
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        _ = try Self.run(["simulate", "notifications", "-o", folder.path, "--units", "\(units)", "--seed", "5"])
        _ = try Self.run(["fit", folder.appendingPathComponent("experiment.yaml").path, "-o", fitted])
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func copy(_ name: String) throws -> String {
        let place = folder.appendingPathComponent(name + ".espalier").path
        try FileManager.default.copyItem(atPath: fitted, toPath: place)
        return place
    }

    /// The workbench on a study in a terminal.
    func open(
        _ study: String, _ arguments: [String] = [], term: String = "xterm-256color",
        environment: [String: String] = [:], size: (width: Int, height: Int) = (80, 24)
    ) throws -> VirtualTerminal {
        try VirtualTerminal(
            executable: try BuiltProduct.path("espalier"), arguments: [study] + arguments,
            environment: [
                "TERM": term, "LC_ALL": "C.UTF-8", "HOME": folder.path, "SWIFT_BACKTRACE": "enable=no",
            ].merging(environment) { $1 }, size: size)
    }

    /// The frame of a study after some keys.
    func frame(_ study: String, keys: String = "", size: String = "80x24", _ arguments: [String] = []) throws -> String
    {
        try Self.run([study, "--keys", keys, "--frame", size] + arguments)
    }

    /// The text of a gzipped file.
    static func unpacked(_ path: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-dk", path]
        try process.run()
        process.waitUntilExit()
        return try String(contentsOfFile: String(path.dropLast(3)), encoding: .utf8)
    }

    /// Runs the binary; its standard output.
    static func run(_ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try BuiltProduct.path("espalier"))
        process.arguments = arguments
        // A file, not a pipe: a server that another test starts meanwhile would hold the pipe open for ever.
        let out = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: out) }
        _ = FileManager.default.createFile(atPath: out.path, contents: nil)
        process.standardOutput = try FileHandle(forWritingTo: out)
        process.standardInput = FileHandle(forReadingAtPath: "/dev/null")
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(arguments: arguments, status: process.terminationStatus)
        }
        return try String(contentsOf: out, encoding: .utf8)
    }
}
