import Foundation
import Glibc

/// A real sshd on the loopback interface, with a configuration, host key and authorised key of its own in a scratch folder, and
/// a relay before it that counts what goes over the wire.
package final class LoopbackServer {
    private let folder: URL
    /// Started as programs in terminals are, without any descriptor of this process: a server that lives long would keep open
    /// those by which Foundation notices the ends of other children.
    private let server: VirtualTerminal
    private let relay: CountingRelay

    /// Bytes the server has sent over TCP so far, encrypted and framed as SSH does it.
    package var bytesFromServer: Int { relay.bytesFromServer }

    /// - Throws: `VirtualTerminalError` with the remedy where sshd or ssh is not installed.
    package init() throws {
        for (tool, package) in [("/usr/sbin/sshd", "openssh-server"), ("/usr/bin/ssh", "openssh-client")] {
            guard FileManager.default.isExecutableFile(atPath: tool) else {
                throw VirtualTerminalError(description: "\(tool) is missing; apt-get install \(package)")
            }
        }
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("sshd-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        // sshd started by root asks for this folder, which its package leaves to the boot scripts.
        if getuid() == 0 { mkdir("/run/sshd", 0o755) }
        for name in ["host", "client"] {
            try Self.run("/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", folder.path + "/" + name])
        }
        try FileManager.default.copyItem(atPath: folder.path + "/client.pub", toPath: folder.path + "/authorized")
        let port = try CountingRelay.freePort()
        let configuration = """
            Port \(port)
            ListenAddress 127.0.0.1
            HostKey \(folder.path)/host
            AuthorizedKeysFile \(folder.path)/authorized
            PidFile none
            UsePAM no
            StrictModes no
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PermitRootLogin prohibit-password

            """
        let file = folder.appendingPathComponent("sshd_config")
        try Data(configuration.utf8).write(to: file)
        server = try VirtualTerminal(executable: "/usr/sbin/sshd", arguments: ["-D", "-e", "-f", file.path])
        relay = try CountingRelay(to: port)
        try relay.waitForServer()
    }

    deinit {
        server.signal(SIGTERM)
        _ = try? server.waitForExit()
        relay.stop()
        try? FileManager.default.removeItem(at: folder)
    }

    /// A terminal on this side of an SSH session that runs a command on the other.
    package func session(
        _ command: String, term: String = "xterm-256color", size: (width: Int, height: Int) = (80, 24)
    ) throws -> VirtualTerminal {
        try VirtualTerminal(
            executable: "/usr/bin/ssh",
            arguments: [
                "-tt", "-F", "none", "-i", folder.path + "/client", "-p", "\(relay.port)", "-o", "IdentitiesOnly=yes",
                "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR",
                "127.0.0.1", command,
            ], environment: ["TERM": term, "HOME": folder.path], size: size)
    }

    private static func run(_ tool: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: tool)
        process.arguments = arguments
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw VirtualTerminalError(description: "\(tool) failed with \(process.terminationStatus)")
        }
    }
}
