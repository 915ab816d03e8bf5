import Foundation
import Testing
import VirtualTerminal

/// However the program ends, the terminal is as it was.
@Suite struct TerminalRestoreTests {
    /// A shell that prints its terminal's modes before and after the probe, and so outlives it. The probe's process is
    /// told, and waits for a line.
    private static let run = #"sh -c 'echo "pid $$ "; read line; exec "$0"' "$0""#
    private static let script =
        "echo \"modes $(stty -g) \"; \(run); code=$?; echo \"modes $(stty -g) \"; echo \"ended $code \"; read line"

    private func start(_ script: String = script) throws -> (terminal: VirtualTerminal, process: Int32) {
        let terminal = try Probe.startInShell(script)
        try terminal.waitFor("pid ")
        let process = try #require(values(after: "pid ", in: terminal).first.flatMap { Int32($0) })
        terminal.type("\n")
        try terminal.waitFor("ready")
        return (terminal, process)
    }

    /// The words that stand behind each `label` in all that was written.
    private func values(after label: String, in terminal: VirtualTerminal) -> [String] {
        terminal.received().components(separatedBy: label).dropFirst().map { String($0.prefix { $0 != " " }) }
    }

    private func expectRestored(_ terminal: VirtualTerminal, code: Int) throws {
        try terminal.waitFor("ended \(code)")
        let modes = values(after: "modes ", in: terminal)
        #expect(modes.count == 2 && modes.first == modes.last)
        #expect(!terminal.isAltScreen && terminal.isCursorVisible)
        #expect(terminal.modes.isCanonical && terminal.modes.echoes && terminal.modes.hasSignalKeys)
        let pastes = ["\u{1B}[?2004h", "\u{1B}[?2004l"].map { terminal.received().components(separatedBy: $0).count }
        #expect(pastes[0] <= pastes[1])
    }

    @Test func afterQuitting() throws {
        let (terminal, _) = try start()
        #expect(!terminal.modes.isCanonical && !terminal.modes.echoes && !terminal.modes.hasSignalKeys)
        terminal.type("q")
        try expectRestored(terminal, code: 0)
        #expect(terminal.screen.contains("probe: quit"))
    }

    @Test func afterATrap() throws {
        let (terminal, _) = try start()
        terminal.type("x")
        // 128 + SIGILL or SIGTRAP: the signal's own effect is kept.
        try terminal.waitUntil("the end") { $0.screen.contains("ended 1") }
        let code = terminal.screen.contains("ended 132") ? 132 : 133
        try expectRestored(terminal, code: code)
        #expect(terminal.received().contains("Fatal error: the probe was asked to trap"))
    }

    @Test(arguments: [
        (SIGTERM, 0, "terminated"), (SIGHUP, 0, "hung up"), (SIGSEGV, 139, ""), (SIGABRT, 134, ""), (SIGQUIT, 131, ""),
    ])
    func afterASignal(signal: Int32, code: Int, message: String) throws {
        let (terminal, process) = try start()
        kill(process, signal)
        try expectRestored(terminal, code: code)
        if !message.isEmpty { #expect(terminal.screen.contains("probe: \(message)")) }
    }

    @Test func stderrIsKeptBackAndComesOutAtTheEnd() throws {
        let (terminal, _) = try start()
        terminal.type("e")
        try terminal.waitFor("complained")
        #expect(!terminal.received().contains("a complaint"))
        terminal.type("q")
        try expectRestored(terminal, code: 0)
        #expect(terminal.screen.contains("a complaint"))
    }

    @Test(arguments: [true, false])
    func aroundAStop(byKey: Bool) throws {
        let (terminal, process) = try start(
            "set -m; \(Self.run); echo \"stopped $?\"; read line; fg; echo \"ended $?\"; read line")
        terminal.type("b")
        try terminal.waitFor("keys b")
        if byKey {
            terminal.type("\u{1A}")
        } else {
            kill(process, SIGTSTP)
        }
        try terminal.waitFor("stopped 148")
        #expect(!terminal.isAltScreen && terminal.isCursorVisible && terminal.modes.isCanonical)
        terminal.resize(width: 70, height: 20)
        terminal.type("\n")
        try terminal.waitFor("size 70x20")
        #expect(terminal.isAltScreen && !terminal.modes.isCanonical)
        terminal.type("c")
        try terminal.waitFor("keys b c")
        terminal.type("q")
        try terminal.waitFor("ended 0")
        #expect(!terminal.isAltScreen && terminal.modes.isCanonical)
    }

    @Test func theEndOfTheTerminalEndsTheProcess() throws {
        let terminal = try Probe.start()
        try terminal.waitFor("ready")
        terminal.hangUp()
        #expect(try terminal.waitForExit() == .exited(0))
    }

    @Test func withoutATerminalThereIsOneSentence() throws {
        let terminal = try Probe.startInShell(
            "setsid sh -c '\"$0\"; echo code $?' \"$0\" < /dev/null 2>&1 | cat; read line")
        try terminal.waitFor("code 1")
        #expect(terminal.received().contains("there is no terminal: /dev/tty cannot be opened"))
    }
}
