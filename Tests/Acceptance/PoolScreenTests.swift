import Foundation
import Testing
import VirtualTerminal

/// A simulated pool, made by the built binary and looked at in a terminal.
@Suite struct PoolScreenTests {
    private func inPool(_ body: (_ folder: URL, _ pool: String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        let specs = try SmallStudy.run([
            "simulate", "pool", "-o", folder.path, "--experiments", "4", "--units", "60", "--seed", "3",
        ]).split(separator: "\n").map(String.init)
        let pool = folder.appendingPathComponent("pool.espalier").path
        _ = try SmallStudy.run(["pool"] + specs + ["-o", pool, "--network", "linear", "--dimension", "4"])
        try body(folder, pool)
    }

    @Test func aPoolIsOpenedAndMovedAboutIn() throws {
        try inPool { folder, pool in
            let before = try Data(contentsOf: URL(fileURLWithPath: pool))
            let terminal = try VirtualTerminal(
                executable: try BuiltProduct.path("espalier"), arguments: [pool],
                environment: [
                    "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "HOME": folder.path, "SWIFT_BACKTRACE": "enable=no",
                ], size: (80, 24))
            try terminal.waitFor("[0 Pool]", timeout: 60)
            try terminal.waitFor("4 experiments")
            try terminal.waitFor("▸experiment1")
            terminal.type("jj")
            try terminal.waitFor("▸experiment3")
            terminal.type("o")
            try terminal.waitFor("effects on y2  2/5")
            terminal.type("\r")
            try terminal.waitFor("SCALES")
            terminal.type("\u{1B}")
            try terminal.waitFor("LEARNER")
            terminal.type("/4\r")
            try terminal.waitFor("▸experiment4")
            #expect(!terminal.screen.contains("▸experiment3"))
            terminal.type("q")
            #expect(try terminal.waitForExit(timeout: 60) == .exited(0))
            #expect(try Data(contentsOf: URL(fileURLWithPath: pool)) == before)
            // No log, no lock, no copy lies beside it.
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(names.filter { $0.hasPrefix("pool.") } == ["pool.espalier"])
        }
    }

    @Test func keysCanBeTypedWithoutATerminal() throws {
        try inPool { _, pool in
            let frame = try SmallStudy.run([pool, "--keys", "jO", "--frame", "120x40"])
            #expect(frame.contains("▸experiment2") && frame.contains("effects on y5  5/5"))
            #expect(throws: SmallStudy.Failure.self) { try SmallStudy.run([pool, "--replay", "log.json"]) }
        }
    }
}
