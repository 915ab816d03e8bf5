import Glibc
import Testing
import VirtualTerminal

/// The harness itself, against programs whose behaviour is known.
@Suite struct VirtualTerminalTests {
    private func shell(_ script: String, size: (Int, Int) = (40, 10)) throws -> VirtualTerminal {
        try VirtualTerminal(executable: "/bin/sh", arguments: ["-c", script], size: (size.0, size.1))
    }

    @Test func textColoursAndWidthsAreRead() throws {
        let terminal = try shell(
            #"printf 'plain \033[1;31mred\033[0m \033[7m漢字\033[0m \033[38;2;1;2;3mx⠿\033[0m'; read x"#)
        try terminal.waitFor("⠿")
        #expect(terminal.screen.lines[0] == "plain red 漢字 x⠿")
        #expect(terminal.screen.cell(at: "red")?.isBold == true)
        #expect(terminal.screen.cell(at: "red")?.foreground == .indexed(1))
        #expect(terminal.screen.cell(at: "plain")?.foreground == .terminalDefault)
        let wide = terminal.screen.cell(at: "字")
        #expect(wide?.isReverse == true && wide?.width == 2)
        #expect(terminal.screen.cell(at: "x")?.foreground == .rgb(1, 2, 3))
        #expect(terminal.screen.cell(at: "absent") == nil)
    }

    @Test func repeatedCharactersFillTheLine() throws {
        let terminal = try shell(#"printf '+-\033[37b+%s' next; read x"#)
        try terminal.waitFor("next")
        #expect(terminal.screen.lines[0] == "+" + String(repeating: "-", count: 38) + "+")
        #expect(terminal.screen.lines[1] == "next")
    }

    @Test func theAlternateScreenIsSeenToComeAndGo() throws {
        let terminal = try shell(
            #"printf 'before\033[?1049h\033[?25linside'; read x; printf '\033[?25h\033[?1049l'; read x"#)
        try terminal.waitFor("inside")
        #expect(terminal.isAltScreen && !terminal.isCursorVisible)
        terminal.type("\n")
        try terminal.waitUntil("the first screen") { !$0.isAltScreen }
        #expect(terminal.screen.contains("before") && !terminal.screen.contains("inside") && terminal.isCursorVisible)
    }

    @Test func modesAreThoseOfTheProgram() throws {
        let terminal = try shell("echo one; read x; stty raw -echo; echo two; read x")
        try terminal.waitFor("one")
        #expect(terminal.modes.isCanonical && terminal.modes.echoes && terminal.modes.hasSignalKeys)
        terminal.type("\n")
        try terminal.waitFor("two")
        #expect(!terminal.modes.isCanonical && !terminal.modes.echoes && !terminal.modes.hasSignalKeys)
    }

    @Test func sizesReachTheProgram() throws {
        let terminal = try shell("trap 'stty size' WINCH; stty size; while :; do read x; done", size: (33, 7))
        try terminal.waitFor("7 33")
        terminal.resize(width: 50, height: 12)
        try terminal.waitFor("12 50")
        #expect(terminal.screen.lines.count == 12)
    }

    @Test func endsAreTold() throws {
        #expect(try shell("exit 7").waitForExit() == .exited(7))
        #expect(try shell("kill -9 $$").waitForExit() == .signalled(SIGKILL))
        let waiting = try shell("echo here; read x; echo got $x; exit 3")
        try waiting.waitFor("here")
        waiting.type("typed\n")
        #expect(try waiting.waitForExit() == .exited(3))
        #expect(waiting.received().contains("got typed"))
        let deaf = try shell("echo here; read x")
        try deaf.waitFor("here")
        deaf.signal(SIGTERM)
        #expect(try deaf.waitForExit() == .signalled(SIGTERM))
        let cut = try shell("echo here; read x")
        try cut.waitFor("here")
        cut.hangUp()
        #expect(try cut.waitForExit() == .signalled(SIGHUP))
    }

    @Test func waitingInVainFails() throws {
        let terminal = try shell("echo something else; read x")
        try terminal.waitFor("else")
        #expect(throws: VirtualTerminalError.self) { try terminal.waitFor("never", timeout: 0.1) }
        #expect(terminal.listen(seconds: 0.1) == 0)
    }

    @Test func onlyTheGivenEnvironmentIsPassedOn() throws {
        let terminal = try VirtualTerminal(
            executable: "/usr/bin/env", environment: ["TERM": "vt100", "ONLY": "this"])
        #expect(try terminal.waitForExit() == .exited(0))
        #expect(
            terminal.received().split(separator: "\r\n").sorted() == [
                "HOME=/", "ONLY=this", "PATH=/usr/bin:/bin", "TERM=vt100",
            ])
    }
}
