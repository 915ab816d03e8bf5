import Foundation
import VirtualTerminal

/// A file system of its own in memory, for tests that fill it or make it read-only. Only root may mount one.
final class ScratchDisk {
    static let isAllowed: Bool = {
        guard let disk = try? ScratchDisk(kilobytes: 64) else { return false }
        withExtendedLifetime(disk) {}
        return true
    }()

    struct Refused: Error {}

    let path: String

    init(kilobytes: Int) throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("disk-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard try Self.run("/bin/mount", ["-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", path]) else {
            try? FileManager.default.removeItem(atPath: path)
            throw Refused()
        }
    }

    deinit {
        _ = try? Self.run("/bin/umount", ["-l", path])
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes until nothing more fits.
    func fill() throws {
        let handle = open(path + "/filler", O_WRONLY | O_CREAT, 0o600)
        defer { close(handle) }
        var block = [UInt8](repeating: 1, count: 65536)
        while !block.isEmpty {
            // The last bytes are taken one by one.
            if write(handle, block, block.count) <= 0 { block.removeLast(max(1, block.count / 2)) }
        }
    }

    func makeReadOnly() throws {
        guard try Self.run("/bin/mount", ["-o", "remount,ro", path]) else { throw Refused() }
    }

    private static func run(_ tool: String, _ arguments: [String]) throws -> Bool {
        guard FileManager.default.isExecutableFile(atPath: tool) else { return false }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: tool)
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
