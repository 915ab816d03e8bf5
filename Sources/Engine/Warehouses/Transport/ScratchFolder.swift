import Foundation
import Runtime

/// A folder for what an engine puts aside, be it that memory is short or that further questions need it. It goes with this value.
package final class ScratchFolder: Sendable {
    package let path: String

    /// Names the folder; whoever uses it first makes it.
    package init() { path = NSTemporaryDirectory() + "/espalier-engine-\(UUID().uuidString)" }

    /// Makes the folder, for nobody else to look into.
    /// - Throws: `EspalierError(.cannotCreate)`.
    package func make() throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw EspalierError(
                .cannotCreate, "no folder can be made for what the engine puts aside", file: path,
                remedy: "make room, or set TMPDIR to a place that has it")
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
