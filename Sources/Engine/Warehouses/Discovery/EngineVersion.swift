import Foundation
import Runtime

/// The version that an engine's command tells of itself.
enum EngineVersion {
    /// Such as 1.5.6; nil where the command tells none, as what only has its name does.
    /// - Throws: `EspalierError(.noInput)` where it cannot be started; `CancellationError`.
    static func read(_ engine: FoundEngine, cancellation: Cancellation) throws -> String? {
        if engine.kind.isLibrary { return inWheel(engine) }
        let child = try ChildProcess(engine.path, arguments: ["--version"], script: "", silence: .seconds(10))
        var text: [UInt8] = []
        try withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 1) { buffer in
            while case let count = try child.read(into: buffer, cancellation: cancellation), count > 0,
                text.count < 4096
            {
                text += buffer[..<count]
            }
        }
        guard child.finish().isSuccess else { return nil }
        let word = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isWhitespace).first
        return word.map { $0.hasPrefix("v") ? String($0.dropFirst()) : String($0) }
    }

    /// A library cannot say: the folder beside it does, whose name the installer has made of the package's.
    private static func inWheel(_ engine: FoundEngine) -> String? {
        let library = URL(fileURLWithPath: engine.path)
        let package = library.deletingLastPathComponent()
        let beside =
            (try? FileManager.default.contentsOfDirectory(
                atPath: package.deletingLastPathComponent().path)) ?? []
        let prefix = package.lastPathComponent + "-"
        return beside.first { $0.hasPrefix(prefix) && $0.hasSuffix(".dist-info") }.map {
            String($0.dropFirst(prefix.count).dropLast(".dist-info".count))
        }
    }
}
