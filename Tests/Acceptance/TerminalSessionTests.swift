import Foundation
import Testing
import VirtualTerminal

/// What the terminal session draws and hears, in a real terminal.
@Suite struct TerminalSessionTests {
    @Test(
        arguments: ["xterm-256color", "vt100", "linux", "tmux-256color", "screen", "unknown-name", ""], [true, false])
    func everyTerminalIsServed(term: String, isUTF8: Bool) throws {
        let terminal = try Probe.start(
            term: term, locale: isUTF8 ? ["LANG": "C.UTF-8"] : ["LANG": "C.UTF-8", "LC_ALL": "C"])
        try terminal.waitFor("size 60x20")
        try terminal.waitFor("ready")
        let known = ["unknown-name", ""].contains(term) ? "xterm-256color" : term
        try terminal.waitFor("probe \(known)")
        try terminal.waitUntil("the lower edge") { $0.screen.lines[19].hasPrefix(isUTF8 ? "└───" : "+---") }
        #expect(terminal.screen.contains(isUTF8 ? "é 漢字 ✓ end" : "e ? ?  Y end"))
        #expect(terminal.screen.contains(isUTF8 ? "├───┼────────▮─────┤" : "[---+--------H-----]"))
        if !isUTF8 { #expect(terminal.bytesReceived.allSatisfy { $0 < 0x80 }) }
        #expect(terminal.isAltScreen == !["vt100", "linux"].contains(term))
        #expect(terminal.received().contains("\u{1B}[?2026h") == terminal.isAltScreen)
        terminal.type("q")
        #expect(try terminal.waitForExit() == .exited(0))
        #expect(terminal.received().contains("probe: quit") && !terminal.isAltScreen)
    }

    @Test func keysHaveTheirNames() throws {
        let terminal = try Probe.start()
        try terminal.waitFor("ready")
        let keys = [
            ("a", "a"), ("\u{1B}OA", "Up"), ("\u{1B}[B", "Down"), ("\r", "Enter"), ("\t", "Tab"),
            ("\u{1B}[Z", "Shift-Tab"),
            ("\u{7F}", "Backspace"), ("\u{1B}[3~", "Del"), ("\u{1B}[5~", "PgUp"), ("\u{1B}[1~", "Home"),
            ("\u{1B}OF", "End"),
            ("\u{1B}OQ", "F2"), ("\u{1B}[15~", "F5"), ("\u{3}", "Ctrl-C"), ("\u{12}", "Ctrl-R"), ("\u{1B}", "Esc"),
            ("é", "é"), ("漢", "漢"), (" ", "Space"), ("<", "<"),
        ]
        for (bytes, name) in keys {
            terminal.type(bytes)
            try terminal.waitFor("key \(name)")
        }
    }

    @Test(arguments: ["xterm-256color", "vt100", "tmux-256color", "linux"])
    func keysAreUnderstoodUnderEveryName(term: String) throws {
        let terminal = try Probe.start(term: term)
        try terminal.waitFor("ready")
        let keys = [
            ("\u{1B}[A", "Up"), ("\u{1B}OB", "Down"), ("\u{1B}[H", "Home"), ("\u{1B}[1~", "Home"), ("\u{1B}OP", "F1"),
            ("\u{1B}[4~", "End"), ("\u{1B}[6~", "PgDn"),
        ]
        for (bytes, name) in keys {
            terminal.type("a")
            try terminal.waitFor("key a")
            terminal.type(bytes)
            try terminal.waitFor("key \(name)")
        }
    }

    @Test func unknownSequencesAndPastesAreNotKeys() throws {
        let terminal = try Probe.start()
        try terminal.waitFor("ready")
        terminal.type("\u{1B}[99;99Xb")
        try terminal.waitFor("keys b")
        terminal.type("\u{1B}[200~quit xyz\u{1B}[201~")
        try terminal.waitFor("paste quit xyz")
        terminal.type("c")
        try terminal.waitFor("keys b c")
    }

    @Test func theSizeIsFollowedDownToOneCell() throws {
        let terminal = try Probe.start()
        try terminal.waitFor("size 60x20")
        terminal.resize(width: 100, height: 30)
        try terminal.waitFor("resize 100x30")
        terminal.resize(width: 1, height: 1)
        try terminal.waitUntil("a frame of one cell") { $0.screen.text.count == 2 }
        terminal.resize(width: 40, height: 10)
        try terminal.waitFor("resize 40x10")
        try terminal.waitFor("size 40x10")
        for width in 41...60 { terminal.resize(width: width, height: 12) }
        try terminal.waitFor("resize 60x12")
        try terminal.waitUntil("the lower edge") { $0.screen.lines[11].hasPrefix("└──────") }
    }

    @Test func otherThreadsWakeTheLoop() throws {
        let terminal = try Probe.start()
        try terminal.waitFor("ready")
        terminal.type("w")
        try terminal.waitFor("wake 1")
        terminal.type("w")
        try terminal.waitFor("wake 2")
    }

    @Test func idlenessSendsNothing() throws {
        let terminal = try Probe.start()
        try terminal.waitFor("ready")
        _ = terminal.listen(seconds: 0.2)
        #expect(terminal.listen(seconds: 0.5) == 0)
    }

    @Test func aKeyCostsFewBytesAndRedrawingRepairs() throws {
        let terminal = try Probe.start()
        try terminal.waitFor("ready")
        try terminal.waitUntil("the end of the frame") { $0.received().hasSuffix("\u{1B}[?2026l") }
        let before = terminal.bytesReceived.count
        terminal.type("b")
        try terminal.waitFor("keys b")
        try terminal.waitUntil("the end of the frame") { $0.received().hasSuffix("\u{1B}[?2026l") }
        #expect(terminal.bytesReceived.count - before < 200)
        #expect(!terminal.received(from: before).contains("\u{1B}[2J"))
        let picture = terminal.screen
        terminal.type("\u{0C}")
        try terminal.waitUntil("a clear") { $0.received(from: before).contains("\u{1B}[2J") }
        try terminal.waitUntil("the same picture") { $0.screen.cells == picture.cells }
    }

    @Test func coloursFollowTheTheme() throws {
        let theme = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../themes/espalier-dark.yaml").path
        let rich = try Probe.start(arguments: [theme])
        try rich.waitFor("ready")
        #expect(rich.screen.cell(at: "ready")?.foreground == .indexed(231))
        #expect(rich.screen.cell(at: "ready")?.background == .indexed(24))
        let poor = try Probe.start(term: "linux", arguments: [theme])
        try poor.waitFor("ready")
        #expect(poor.screen.cell(at: "ready")?.foreground == .indexed(7))
        #expect(poor.screen.cell(at: "ready")?.background == .indexed(4))
        let plain = try Probe.start(locale: ["LC_ALL": "C.UTF-8", "NO_COLOR": "1"], arguments: [theme])
        try plain.waitFor("ready")
        #expect(plain.screen.cell(at: "ready")?.foreground == .terminalDefault)
        #expect(plain.screen.cell(at: "ready")?.isReverse == true)
    }

    @Test func theClipboardIsAskedForWhereThatIsUnderstood() throws {
        let terminal = try Probe.start()
        try terminal.waitFor("ready")
        terminal.type("y")
        try terminal.waitFor("copied")
        #expect(terminal.received().contains("\u{1B}]52;c;V8O2cnRlcg==\u{07}"))
        let tmux = try Probe.start(term: "tmux-256color", locale: ["LC_ALL": "C.UTF-8", "TMUX": "/tmp/x,1,0"])
        try tmux.waitFor("ready")
        tmux.type("y")
        try tmux.waitFor("copied")
        #expect(tmux.received().contains("\u{1B}Ptmux;\u{1B}\u{1B}]52;c;V8O2cnRlcg==\u{07}\u{1B}\\"))
        let old = try Probe.start(term: "vt100")
        try old.waitFor("ready")
        old.type("y")
        try old.waitFor("not copied")
        #expect(!old.received().contains("]52;"))
    }

    @Test(arguments: ["xterm-256color", "tmux-256color", "screen-256color"])
    func theMouseIsReadInSGRFormUnderEveryName(term: String) throws {
        let terminal = try Probe.start(term: term)
        try terminal.waitFor("ready")
        terminal.type("m")
        try terminal.waitFor("mouse")
        for (bytes, name) in [
            ("\u{1B}[<0;5;6M", "press 4 5"), ("\u{1B}[<64;1;1M", "wheelUp 0 0"),
            ("\u{1B}[<65;250;2M", "wheelDown 249 1"),
        ] {
            terminal.type(bytes)
            try terminal.waitFor(name)
        }
        // Releases, drags, other buttons and torn reports mean nothing, and no letter of them is a key.
        terminal.type("\u{1B}[<0;5;6m\u{1B}[<2;5;6M\u{1B}[<32;5;6M\u{1B}[<;Mb")
        try terminal.waitFor("keys b")
        terminal.type("q")
        #expect(try terminal.waitForExit() == .exited(0))
        #expect(terminal.received().contains("\u{1B}[?1006l\u{1B}[?1000l"))
    }

    @Test func terminalsThatCannotPlaceTheCursorAreRefusedInOneSentence() throws {
        let terminal = try Probe.start(term: "dumb")
        let modes = terminal.modes
        #expect(try terminal.waitForExit() == .exited(1))
        #expect(terminal.received().contains("terminal-probe: a terminal of type 'dumb' cannot place its cursor"))
        #expect(terminal.modes == modes)
    }
}
