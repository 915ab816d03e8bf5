import Foundation
import Testing
import VirtualTerminal

/// The built workbench in a terminal that is resized, stopped, poor, or handled by a mouse.
@Suite struct LifeTests {
    @Test func randomKeysAndSizesNeverTrapOrHang() throws {
        let small = try SmallStudy(units: 800)
        let study = try small.copy("s")
        // Files named at random by random keys belong in the scratch folder.
        let terminal = try VirtualTerminal(
            executable: "/bin/sh",
            arguments: ["-c", "cd \(small.folder.path); exec \(try BuiltProduct.path("espalier")) \(study) --mouse"],
            environment: [
                "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "HOME": small.folder.path,
                "SWIFT_BACKTRACE": "enable=no",
            ], size: (80, 24))
        try terminal.waitFor("0 cand", timeout: 60)
        // q and Q alone are left out: they would end it. Esc before them would be no help.
        let keys =
            "123456789jkhlHLgGfapm=0uUY?:/TMtoOxybdKwenvrc+-[]{}.,;é漢7 iIzZDNPRsSWEX<>!`'\"%@".map { String($0) } + [
                "\r", "\u{1B}", "\t", "\u{1B}[Z", "\u{1B}OA", "\u{1B}OB", "\u{1B}OC", "\u{1B}OD", "\u{1B}[5~",
                "\u{1B}[6~",
                "\u{7F}", "\u{12}", "\u{15}", "\u{3}", "\u{1B}[<0;12;8M", "\u{1B}[<65;40;12M", "\u{1B}[<64;3;2M",
                "\u{1B}[<0;300;300M", "\u{1B}[99;1X", "\u{0C}", "\u{1B}[200~q pasted\u{1B}[201~",
            ]
        var seed: UInt64 = 4
        func random(_ bound: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % bound
        }
        let sizes = [(0, 0), (1, 1), (80, 24), (60, 18), (59, 17), (120, 40), (200, 60), (80, 1), (3, 50)]
        for press in 0..<2_000 {
            terminal.type(keys[random(keys.count)])
            if press % 20 == 0 {
                terminal.tellSize(width: sizes[random(sizes.count)].0, height: sizes[press % sizes.count].1)
            }
            if press % 10 == 0 { _ = terminal.listen(seconds: 0.001) }
        }
        terminal.tellSize(width: 80, height: 24)
        terminal.type("\u{1B}\u{1B}\u{3}")
        _ = terminal.listen(seconds: 0.3)
        terminal.type("\u{1B}\u{1B}1")
        try terminal.waitFor("[1 Experiment]", timeout: 120)
        terminal.type("q")
        _ = terminal.listen(seconds: 1)
        // Work that the keys have begun is left by a second q.
        if terminal.screen.lines.contains(where: { $0.contains("q again") }) { terminal.type("q") }
        #expect(try terminal.waitForExit(timeout: 60) == .exited(0))
        #expect(try small.frame(study).contains("[1 Experiment]"))
    }

    /// Stopped by its key under a shell with job control, the terminal is the shell's; `fg` brings back screen and study.
    @Test func ctrlZGivesTheTerminalToTheShellAndFgTakesItBack() throws {
        let small = try SmallStudy(units: 800)
        let study = try small.copy("s")
        let terminal = try VirtualTerminal(
            executable: "/bin/bash", arguments: ["--norc", "--noprofile", "-i"],
            environment: [
                "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "HOME": small.folder.path, "PS1": "prompt> ",
                "SWIFT_BACKTRACE": "enable=no",
            ])
        try terminal.waitFor("prompt>")
        terminal.type("\(try BuiltProduct.path("espalier")) \(study)\n")
        try terminal.waitFor("0 cand", timeout: 60)
        terminal.type("4ll")
        try terminal.waitFor("→", timeout: 60)
        terminal.type("\u{1A}")
        try terminal.waitUntil("the shell's screen") { !$0.isAltScreen && $0.isCursorVisible }
        terminal.type("echo its $((40 + 2))\n")
        try terminal.waitFor("its 42")
        terminal.type("fg\n")
        try terminal.waitUntil("the workbench's screen") { $0.isAltScreen && $0.screen.contains("[4 Policy]") }
        terminal.type("l")
        try terminal.waitUntil("a further step") { $0.screen.lines[22].contains("→") }
        terminal.type("q")
        try terminal.waitUntil("the shell again") { !$0.isAltScreen }
        terminal.type("exit 0\n")
        #expect(try terminal.waitForExit() == .exited(0))
        let log = try SmallStudy.run(["log", study])
        #expect(log.components(separatedBy: "\"turn\"").count == 4)
    }

    @Test func theMouseClicksTabsRowsAndSlidersOnceItIsOn() throws {
        let small = try SmallStudy()
        let terminal = try small.open(try small.copy("s"), environment: ["XDG_STATE_HOME": small.folder.path])
        try terminal.waitFor("0 cand", timeout: 60)
        #expect(!terminal.received().contains("\u{1B}[?1000h"))
        terminal.type("M")
        try terminal.waitFor("the mouse is on")
        #expect(terminal.received().contains("\u{1B}[?1000h\u{1B}[?1006h"))
        func click(_ text: String, offset: Int = 1) throws {
            let row = try #require(terminal.screen.lines.firstIndex { $0.contains(text) })
            let line = terminal.screen.lines[row]
            let column = try #require(line.range(of: text)).lowerBound
            let x = line.distance(from: line.startIndex, to: column) + offset
            terminal.type("\u{1B}[<0;\(x + 1);\(row + 1)M\u{1B}[<0;\(x + 1);\(row + 1)m")
        }
        try click("4 Pol")
        try terminal.waitFor("effective sample", timeout: 60)
        try click("cap_mid  ")
        try terminal.waitUntil("the focus on cap_mid") { screen in
            screen.screen.lines.contains { $0.contains("▸ cap_mid") }
        }
        let before = terminal.screen.lines
        let row = try #require(before.firstIndex { $0.contains("▸ cap_mid") })
        let end = try #require(before[row].range(of: "┤")).lowerBound
        let column = before[row].distance(from: before[row].startIndex, to: end) - 1
        terminal.type("\u{1B}[<0;\(column + 1);\(row + 1)M")
        try terminal.waitFor("cap_mid bias 0 →")
        terminal.type("\u{1B}[<64;\(column + 1);\(row + 1)M")
        terminal.type("\u{1B}[<65;\(column + 1);\(row + 1)M")
        terminal.type("M")
        try terminal.waitFor("the mouse is off")
        terminal.type("q")
        #expect(try terminal.waitForExit() == .exited(0))
    }

    @Test func themesArePreviewedAndHintsArePutAwayForGood() throws {
        let small = try SmallStudy()
        let study = try small.copy("s")
        let first = try small.open(study)
        try first.waitFor("Is the experiment healthy?", timeout: 60)
        let dark = first.screen.cell(at: "Experiment")?.background
        first.type("T")
        try first.waitFor("Enter keeps it")
        first.type("G")
        try first.waitUntil("another paper") { $0.screen.cell(at: "Experiment")?.background != dark }
        first.type("\u{1B}")
        try first.waitUntil("the first paper") { $0.screen.cell(at: "Experiment")?.background == dark }
        first.type("\u{1B}")
        try first.waitUntil("no hint") { !$0.screen.contains("Is the experiment healthy?") }
        first.type("q")
        #expect(try first.waitForExit() == .exited(0))
        let second = try small.open(study)
        try second.waitFor("0 cand", timeout: 60)
        try second.waitUntil("the end of the frame") { $0.received().hasSuffix("\u{1B}[?2026l") }
        #expect(!second.screen.contains("Is the experiment healthy?"))
        second.type("2")
        try second.waitFor("For whom does it work?")
        second.type("q")
        #expect(try second.waitForExit() == .exited(0))
    }

    @Test func settingsComeFromTheFileAndMistakesAreOneSentence() throws {
        let small = try SmallStudy(units: 600)
        let study = try small.copy("s")
        let folder = small.folder.appendingPathComponent(".config/espalier")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appendingPathComponent("config.yaml")
        try Data("theme: espalier-light\nmouse: true\nhints: false\nascii: true\ncolor: never\n".utf8).write(to: file)
        let terminal = try small.open(study)
        try terminal.waitFor("0 cand", timeout: 60)
        #expect(terminal.received().contains("\u{1B}[?1000h") && terminal.bytesReceived.allSatisfy { $0 < 0x80 })
        #expect(terminal.screen.cell(at: "Experiment")?.background == .terminalDefault)
        terminal.type("q")
        #expect(try terminal.waitForExit() == .exited(0))
        // A flag goes before the file.
        let flagged = try small.open(study, ["--no-mouse", "--color", "256"])
        try flagged.waitFor("0 cand", timeout: 60)
        #expect(!flagged.received().contains("\u{1B}[?1000h"))
        #expect(flagged.screen.cell(at: "Experiment")?.background == .indexed(231))
        flagged.type("q")
        #expect(try flagged.waitForExit() == .exited(0))
        try Data("# settings\nthem: x\n".utf8).write(to: file)
        let wrong = try small.open(study, size: (200, 24))
        #expect(try wrong.waitForExit(timeout: 60) == .exited(65))
        #expect(wrong.received().contains("config.yaml:2: unknown key 'them'; did you mean 'theme'?"))
        try Data("".utf8).write(to: file)
        let theme = small.folder.appendingPathComponent("broken.yaml").path
        try Data("name: broken\nroles:\n  text: {fg: blu}\n".utf8).write(to: URL(fileURLWithPath: theme))
        let broken = try small.open(study, ["--theme", theme], size: (200, 24))
        #expect(try broken.waitForExit(timeout: 60) == .exited(65))
        #expect(broken.received().contains("broken.yaml:3: unknown colour 'blu'"))
    }

    @Test(arguments: [SIGTERM, SIGHUP, SIGABRT, SIGSEGV]) func signalsLeaveTheStudyWhereItWas(signal: Int32) throws {
        let small = try SmallStudy(units: 600)
        let study = try small.copy("s")
        let terminal = try small.open(study)
        let modes = terminal.modes
        try terminal.waitFor("0 cand", timeout: 60)
        terminal.type("4lla")
        try terminal.waitFor("added candidate A", timeout: 60)
        terminal.signal(signal)
        _ = try terminal.waitForExit(timeout: 60)
        #expect(!terminal.isAltScreen && terminal.modes == modes)
        let frame = try small.frame(study)
        #expect(frame.contains("[4 Policy]") && frame.contains("1 cand"))
        #expect(try small.frame(study, keys: "uu").contains("undone: ctr weight"))
    }

    @Test func idlenessCostsNeitherBytesNorTime() throws {
        let small = try SmallStudy(units: 600)
        let terminal = try small.open(try small.copy("s"))
        try terminal.waitFor("0 cand", timeout: 60)
        _ = terminal.listen(seconds: 1)
        let before = try terminal.processorTicks()
        #expect(terminal.listen(seconds: 2) == 0)
        #expect(try terminal.processorTicks() == before)
    }
}
