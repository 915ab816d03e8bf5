import Foundation
import Runtime

/// A folder for what an engine puts aside, be it that memory is short or that further questions need it. It goes with this value.
package final class ScratchFolder: Sendable {
    package let path: String

    /// Names the folder; whoever uses it first makes it.
    package init() { path = NSTemporaryDirectory() + "/\(Self.prefix)\(getpid())-\(UUID().uuidString)" }

    private static let prefix = "espalier-engine-"

    /// Makes the folder, for nobody else to look into, and removes those of processes that died before they could.
    /// - Throws: `EspalierError(.cannotCreate)`.
    package func make() throws {
        Self.clean()
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw EspalierError(
                .cannotCreate, "no folder can be made for what the engine puts aside", file: path,
                remedy: "make room, or set TMPDIR to a place that has it")
        }
    }

    private static func clean() {
        let folder = NSTemporaryDirectory()
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where name.hasPrefix(prefix) {
            guard let owner = pid_t(name.dropFirst(prefix.count).prefix { $0 != "-" }), owner > 0 else { continue }
            if kill(owner, 0) != 0, errno == ESRCH { try? FileManager.default.removeItem(atPath: folder + "/" + name) }
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
