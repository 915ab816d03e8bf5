import Foundation
import Testing
import VirtualTerminal

/// A real session over a real sshd on the loopback interface.
@Suite struct SecureShellTests {
    private static let patience = 120.0

    @Test func theMainJobOverSSH() throws {
        let server = try LoopbackServer()
        let small = try SmallStudy(units: 4000)
        let study = try small.copy("remote")
        let policy = small.folder.appendingPathComponent("policy.json").path
        let command =
            "env HOME=\(small.folder.path) LC_ALL=C.UTF-8 SWIFT_BACKTRACE=enable=no \(try BuiltProduct.path("espalier")) \(study)"
        let terminal = try server.session(command)
        try terminal.waitFor("SRM ok", timeout: Self.patience)
        try terminal.waitFor("0 cand", timeout: Self.patience)
        #expect(terminal.isAltScreen)
        terminal.type("\u{1B}4")
        try terminal.waitFor("effective sample", timeout: Self.patience)
        terminal.resize(width: 120, height: 40)
        try terminal.waitUntil("the wider frame") { $0.screen.lines[39].contains("quit") }
        terminal.resize(width: 80, height: 24)
        try terminal.waitUntil("the smaller frame") { $0.screen.lines[23].contains("quit") }
        terminal.type("f")
        try terminal.waitFor("limit", timeout: Self.patience)
        terminal.type("a")
        try terminal.waitFor("candidate A", timeout: Self.patience)
        terminal.type("5s")
        try terminal.waitFor("policies on the front", timeout: Self.patience)
        terminal.type(" ")
        try terminal.waitFor("cand 1", timeout: Self.patience)
        try terminal.waitFor("confirm", timeout: Self.patience)
        terminal.type("e\u{15}\(policy)\r")
        try terminal.waitFor("names another file", timeout: Self.patience)
        terminal.type("y")
        try terminal.waitFor("written to", timeout: Self.patience)

        // Idle: nothing is sent at all, not even below the encryption.
        _ = terminal.listen(seconds: 1)
        let before = server.bytesFromServer
        #expect(terminal.listen(seconds: 1) == 0 && server.bytesFromServer == before)

        terminal.type("q")
        #expect(try terminal.waitForExit() == .exited(0))
        #expect(!terminal.isAltScreen)
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: policy)))
        #expect((json as? [String: Any])?["kind"] as? String == "linear")
        #expect(try small.frame(study).contains("[5 Front]"))
    }

    /// The connection breaks: the study is whole, and opens where it was left.
    @Test func aBrokenConnectionLosesNothing() throws {
        let server = try LoopbackServer()
        let small = try SmallStudy()
        let study = try small.copy("remote")
        let terminal = try server.session(
            "env HOME=\(small.folder.path) LC_ALL=C.UTF-8 \(try BuiltProduct.path("espalier")) \(study)")
        try terminal.waitFor("0 cand", timeout: Self.patience)
        terminal.type("\u{1B}4a")
        try terminal.waitFor("added candidate A", timeout: Self.patience)
        terminal.signal(SIGKILL)
        _ = try terminal.waitForExit()
        var shown = ""
        for _ in 0..<100 {
            // The other end notices in its own time.
            if let frame = try? small.frame(study) {
                shown = frame
                break
            }
            usleep(100_000)
        }
        #expect(shown.contains("[4 Policy]") && shown.contains("1 cand"))
    }
}
