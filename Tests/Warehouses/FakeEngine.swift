import Foundation
import Runtime
import Testing
import Warehouses

/// A shell script that stands in for the `duckdb` command, in a folder that goes with this value.
final class FakeEngine {
    let folder: String
    let found: FoundEngine

    /// - Parameter body: what the script does.
    init(_ body: String) throws {
        folder = NSTemporaryDirectory() + "/espalier-fake-\(UUID().uuidString)"
        let path = folder + "/duckdb"
        try Self.install(body, at: path)
        found = FoundEngine(kind: .duckdb, path: path)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Writes a script that can be run.
    static func install(_ body: String, at path: String) throws {
        try FileManager.default.createDirectory(
            atPath: AtomicFile.folder(of: path), withIntermediateDirectories: true)
        try AtomicFile.write(Data("#!/bin/sh\n\(body)\n".utf8), to: path)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
}

/// The `duckdb` command of this machine; tests that need it say so where it is missing.
enum InstalledEngine {
    static let missing: Comment = "DuckDB was not found; `espalier engines` says how it is installed"
    static let duckdb = try? EngineSearch().find(.duckdb)
}
