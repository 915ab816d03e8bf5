import Foundation
import Testing
import VirtualTerminal

/// Disks that are full or may not be written, and files that are taken away: nothing is lost without a word.
@Suite struct DiskTests {
    private static let mounting: Comment = "skipped: only root may mount a file system to fill"

    /// Fills a disk until nothing of what is done in the workbench is kept any more: at rest the log is folded into the file,
    /// which makes room once more.
    /// - Returns: how many steps of a slider it took.
    @discardableResult
    private static func fill(_ disk: ScratchDisk, under terminal: VirtualTerminal) throws -> Int {
        var (steps, refused) = (0, 0)
        while refused < 3, steps < 400 {
            try disk.fill()
            terminal.type(steps % 2 == 0 ? "l" : "h")
            steps += 1
            _ = terminal.listen(seconds: 0.5)
            refused = terminal.screen.contains("NOT KEPT") ? refused + 1 : 0
        }
        try terminal.waitFor("NOT KEPT")
        return steps
    }

    private func run(_ arguments: [String]) throws -> CommandLineTests.Run { try CommandLineTests.espalier(arguments) }

    @Test(.enabled(if: ScratchDisk.isAllowed, mounting)) func aFullDiskAsksOnceAndEndsWith73() throws {
        let small = try SmallStudy(units: 800)
        let disk = try ScratchDisk(kilobytes: 8192)
        let study = disk.path + "/s.espalier"
        try FileManager.default.copyItem(atPath: small.fitted, toPath: study)
        let expected = try run(["evaluate", study, "--format", "json"])
        let terminal = try small.open(study, size: (160, 24))
        try terminal.waitFor("0 cand", timeout: 60)
        terminal.type("4l")
        try terminal.waitFor("→")
        let modes = terminal.modes
        try Self.fill(disk, under: terminal)
        #expect(terminal.screen.contains("disk is full"))
        // Readers need no room.
        let read = try run(["evaluate", study, "--format", "json"])
        #expect(read.code == 0 && read.output == expected.output, "\(read.errors)")
        #expect(try run(["front", study, "--evaluations", "8"]).code != 70)
        terminal.type("q")
        try terminal.waitFor("not kept: q again to leave, s to save elsewhere")
        terminal.type("\u{1B}")
        try terminal.waitUntil("the screen again") { !$0.screen.contains("q again to leave") }
        terminal.type("qq")
        #expect(try terminal.waitForExit(timeout: 30) == .exited(73))
        #expect(!terminal.isAltScreen && terminal.modes != modes)
        #expect(terminal.received().contains("what was done last is not in the study"))
    }

    @Test(.enabled(if: ScratchDisk.isAllowed, mounting)) func aStudyOnAFullDiskGoesOnElsewhere() throws {
        let small = try SmallStudy(units: 800)
        let disk = try ScratchDisk(kilobytes: 8192)
        let study = disk.path + "/s.espalier"
        try FileManager.default.copyItem(atPath: small.fitted, toPath: study)
        let terminal = try small.open(study, size: (160, 24))
        try terminal.waitFor("0 cand", timeout: 60)
        terminal.type("4")
        let steps = try Self.fill(disk, under: terminal)
        let elsewhere = small.folder.appendingPathComponent("elsewhere.espalier").path
        terminal.type("qs\u{15}\(elsewhere)\r")
        try terminal.waitFor("work goes on there")
        terminal.type("l")
        try terminal.waitUntil("nothing is lost") { !$0.screen.contains("NOT KEPT") }
        terminal.type("q")
        #expect(try terminal.waitForExit(timeout: 30) == .exited(0))
        let log = try SmallStudy.run(["log", elsewhere])
        #expect(log.components(separatedBy: "\"turn\"").count - 1 == steps + 1)
    }

    /// The size of files is limited as a quota does it, which needs no root.
    @Test func scriptedKeysEndWith73AndSaySoInTheFrame() throws {
        let small = try SmallStudy(units: 800)
        let study = try small.copy("s")
        let keys = "4" + String(repeating: "a" + "l", count: 60)
        // Little more than the file: whether the log is folded into it meanwhile or not, there is no room for all of this.
        let size = try FileManager.default.attributesOfItem(atPath: study)[.size] as? Int ?? 0
        let script = "ulimit -f \(size / 1024 + 16); " + #""$0" "$1" --keys "$2" --frame 120x24"#
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", script, try BuiltProduct.path("espalier"), study, keys]
        let (out, err) = (Pipe(), Pipe())
        (process.standardOutput, process.standardError) = (out, err)
        try process.run()
        let frame = String(decoding: out.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let errors = String(decoding: err.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 73, "\(errors)")
        #expect(frame.contains("NOT KEPT") || frame.contains("not kept"), "\(frame)")
        #expect(try run(["log", study]).code == 0)
    }

    @Test(.enabled(if: ScratchDisk.isAllowed, mounting), arguments: [false, true])
    func aReadOnlyStudyIsRead(wasKilled: Bool) throws {
        let small = try SmallStudy(units: 800)
        let study = try small.copy("s")
        let terminal = try small.open(study)
        try terminal.waitFor("0 cand", timeout: 60)
        terminal.type("4lla")
        try terminal.waitFor("1 cand")
        if wasKilled {
            terminal.signal(SIGKILL)
        } else {
            terminal.type("q")
        }
        _ = try terminal.waitForExit(timeout: 30)
        let disk = try ScratchDisk(kilobytes: 16384)
        let fixed = disk.path + "/s.espalier"
        for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: study + suffix) {
            try FileManager.default.copyItem(atPath: study + suffix, toPath: fixed + suffix)
        }
        try disk.makeReadOnly()
        for command in [
            ["evaluate", fixed], ["cohorts", fixed], ["log", fixed], ["report", fixed],
            ["profile", fixed, "--along", "weight:ctr"],
            ["tree", fixed, "--arm", "cap_low", "--outcome", "ctr"], ["explain", fixed, "--candidate", "A"],
        ] {
            let run = try run(command)
            #expect(run.code == 0, "\(command): \(run.errors)")
        }
        let frame = try small.frame(fixed)
        #expect(frame.contains("READ-ONLY") && frame.contains("1 cand"))
        let turned = try run([fixed, "--keys", "4l", "--frame", "80x24"])
        #expect(turned.code == 73 && turned.output.contains("NOT KEPT"))
        let front = try run(["front", fixed, "--evaluations", "8"])
        #expect(front.code == 73 && front.errors.contains("espalier copy"), "\(front.errors)")
        let copy = small.folder.appendingPathComponent("copy.espalier").path
        #expect(try run(["copy", fixed, copy]).code == 0)
        #expect(try small.frame(copy).contains("1 cand"))
    }

    /// Removed, or another file moved into its place, while it is open.
    @Test(arguments: [true, false]) func aStudyTakenAwayIsSaid(isRemoved: Bool) throws {
        let small = try SmallStudy(units: 800)
        let study = try small.copy("s")
        let other = try small.copy("other")
        let terminal = try small.open(study, size: (160, 24))
        try terminal.waitFor("0 cand", timeout: 60)
        terminal.type("4l")
        try terminal.waitFor("→")
        _ = terminal.listen(seconds: 0.6)
        if isRemoved { unlink(study) } else { try #require(rename(other, study) == 0) }
        let bytes = try? Data(contentsOf: URL(fileURLWithPath: study))
        terminal.type("l")
        try terminal.waitFor("NOT KEPT")
        terminal.type("qq")
        #expect(try terminal.waitForExit(timeout: 30) == .exited(73))
        #expect((try? Data(contentsOf: URL(fileURLWithPath: study))) == bytes)
    }

    /// Another study copied into the very file, or the file cut off: it is seen before the next commit, and not written into.
    @Test(arguments: ["cp", "truncate -s 0", "truncate -s 16384"]) func aStudyWrittenOverIsSavedFromMemory(tool: String)
        throws
    {
        let small = try SmallStudy(units: 800)
        let other = try SmallStudy(units: 600)
        let study = try small.copy("s")
        let terminal = try small.open(study, size: (160, 24))
        try terminal.waitFor("0 cand", timeout: 60)
        terminal.type("4lla")
        try terminal.waitFor("1 cand")
        _ = terminal.listen(seconds: 0.6)
        let command = tool == "cp" ? "cp '\(other.fitted)' '\(study)'" : "\(tool) '\(study)'"
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = ["-c", command]
        try shell.run()
        shell.waitUntilExit()
        try #require(shell.terminationStatus == 0)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: study))
        terminal.type("l")
        try terminal.waitFor("NOT KEPT")
        let elsewhere = small.folder.appendingPathComponent("elsewhere.espalier").path
        terminal.type("qs\u{15}\(elsewhere)\r")
        try terminal.waitFor("its log and its models are lost")
        terminal.type("l")
        try terminal.waitUntil("nothing is lost") { !$0.screen.contains("NOT KEPT") }
        terminal.type("uq")
        #expect(try terminal.waitForExit(timeout: 30) == .exited(0))
        #expect(try Data(contentsOf: URL(fileURLWithPath: study)) == bytes)
        if tool == "cp" {
            #expect(try run(["evaluate", study]).output == run(["evaluate", other.fitted]).output)
        }
        #expect(try small.frame(elsewhere).contains("1 cand"))
        #expect(try run(["evaluate", elsewhere]).output == run(["evaluate", small.fitted]).output)
        let export = try run(["export", elsewhere, "--candidate", "A"])
        #expect(export.code == 65 && export.errors.contains("espalier fit"), "\(export.errors)")
    }

    /// Nothing was done since, and still leaving must not look as if the work were there.
    @Test func leavingAStudyThatIsGoneIsAsked() throws {
        let small = try SmallStudy(units: 800)
        let study = try small.copy("s")
        let terminal = try small.open(study, size: (160, 24))
        try terminal.waitFor("0 cand", timeout: 60)
        terminal.type("4la")
        try terminal.waitFor("1 cand")
        _ = terminal.listen(seconds: 0.6)
        unlink(study)
        terminal.type("q")
        try terminal.waitFor("q again to leave, s to save elsewhere")
        let elsewhere = small.folder.appendingPathComponent("rescued.espalier").path
        terminal.type("s\u{15}\(elsewhere)\r")
        try terminal.waitFor("work goes on there")
        terminal.type("q")
        #expect(try terminal.waitForExit(timeout: 30) == .exited(0))
        #expect(try small.frame(elsewhere).contains("1 cand"))
    }
}
