import Foundation
import Testing
import VirtualTerminal

/// The main job by keyboard, in a real terminal, on the bundled sample.
@Suite struct WorkbenchTests {
    private struct SavedView {
        let folder: URL

        init() throws {
            folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        }

        func start(
            _ arguments: [String] = [], term: String = "xterm-256color", height: Int = 24
        ) throws -> VirtualTerminal {
            try VirtualTerminal(
                executable: try BuiltProduct.path("espalier"), arguments: arguments,
                environment: [
                    "TERM": term, "LC_ALL": "C.UTF-8", "XDG_DATA_HOME": folder.path, "HOME": folder.path,
                    "SWIFT_BACKTRACE": "enable=no",
                ], size: (80, height))
        }
    }

    private static let patience = 120.0

    @Test func theMainJobFromStartToExport() throws {
        let place = try SavedView()
        defer { try? FileManager.default.removeItem(at: place.folder) }
        let terminal = try place.start()
        let before = terminal.modes
        try terminal.waitFor("SRM ok", timeout: Self.patience)
        try terminal.waitFor("0 cand", timeout: Self.patience)
        #expect(terminal.isAltScreen)

        terminal.type("4")
        try terminal.waitFor("effective sample", timeout: Self.patience)
        let first = terminal.screen.lines[4]
        terminal.type("llll")
        try terminal.waitUntil("an estimate that moved") { $0.screen.lines[4] != first }
        terminal.type("f")
        try terminal.waitFor("whose intervals keep every limit", timeout: Self.patience)
        terminal.type("a")
        try terminal.waitFor("added candidate A", timeout: Self.patience)
        terminal.type("5s")
        try terminal.waitFor("policies on the front", timeout: Self.patience)
        terminal.type(" ")
        try terminal.waitFor("· confirm 1", timeout: Self.patience)
        try terminal.waitFor("cand 1", timeout: Self.patience)
        let policy = place.folder.appendingPathComponent("policy.json").path
        terminal.type("e\u{15}\(policy)\r")
        try terminal.waitFor("names another file", timeout: Self.patience)
        terminal.type("y")
        try terminal.waitFor("written to", timeout: Self.patience)
        terminal.type("q")
        #expect(try terminal.waitForExit() == .exited(0))
        #expect(!terminal.isAltScreen && terminal.modes == before)

        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: policy)))
        let document = try #require(json as? [String: Any])
        #expect(document["kind"] as? String == "linear")
        #expect((document["estimates"] as? [String: Any])?["confirm"] is [String: Any])

        // Everything shown as done is there again.
        let again = try place.start(["--keys", "5", "--frame", "80x24"], height: 40)
        try again.waitFor("cand 1", timeout: Self.patience)
    }

    @Test func aSignalLeavesTheTerminalSaneAndTheStudyWhole() throws {
        let place = try SavedView()
        defer { try? FileManager.default.removeItem(at: place.folder) }
        let terminal = try place.start()
        let before = terminal.modes
        try terminal.waitFor("0 cand", timeout: Self.patience)
        terminal.type("4a")
        try terminal.waitFor("added candidate A", timeout: Self.patience)
        terminal.signal(SIGTERM)
        _ = try terminal.waitForExit()
        #expect(!terminal.isAltScreen && terminal.modes == before)
        let again = try place.start(["--keys", "5", "--frame", "80x24"], height: 40)
        try again.waitFor("1 cand", timeout: Self.patience)
    }

    @Test(arguments: ["vt100", "linux", "tmux-256color", "unknown-name"]) func everyTerminalShowsTheSample(term: String)
        throws
    {
        let place = try SavedView()
        defer { try? FileManager.default.removeItem(at: place.folder) }
        let terminal = try place.start(term: term)
        try terminal.waitFor("0 cand", timeout: Self.patience)
        terminal.resize(width: 40, height: 10)
        try terminal.waitFor("espalier needs 60x18")
        terminal.resize(width: 120, height: 40)
        terminal.type("4")
        try terminal.waitFor("WHO GETS WHAT", timeout: Self.patience)
        // Leaving while the fit is still being written is asked about.
        terminal.type("qq")
        #expect(try terminal.waitForExit() == .exited(0))
    }
}
