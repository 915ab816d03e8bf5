import Foundation
import Testing
import VirtualTerminal

/// A study opens where it was left, its log can be replayed, and a second opener gets a copy.
@Suite struct ResumeTests {
    @Test func aStudyOpensWhereItWasLeftWithItsUndo() throws {
        let small = try SmallStudy()
        let study = try small.copy("s")
        let left = try small.frame(study, keys: "4lllajllphh5 j3j4jj", size: "100x30")
        let again = try small.frame(study, size: "100x30")
        // All but the message, which belongs to the last key.
        func body(_ frame: String) -> [Substring] {
            frame.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
                .filter { $0.offset != 28 }.map(\.element)
        }
        #expect(body(again) == body(left))
        #expect(try small.frame(study, keys: "uu").contains("undone:"))
        #expect(try small.frame(study, keys: "<C-r>").contains("redone:"))
        #expect(try small.frame(study, keys: "U").contains("undone"))
    }

    @Test func anExportedLogReplaysToTheSameFrame() throws {
        let small = try SmallStudy()
        let study = try small.copy("s")
        let fresh = try small.copy("fresh")
        let typed = try small.frame(study, keys: "4lllfa5s b u<C-r>K3<Enter>y4jlluU<Esc>pl2jj5jj")
        let log = small.folder.appendingPathComponent("log.jsonl").path
        _ = try SmallStudy.run(["log", study, "-o", log])
        let replayed = try SmallStudy.run([fresh, "--replay", log, "--frame", "80x24"])
        func withoutTitle(_ frame: String) -> Substring { frame.drop { $0 != "\n" } }
        #expect(withoutTitle(replayed) == withoutTitle(typed))
        // Replaying changes neither study: a header and the fit are all that the fresh one's log holds.
        #expect(try SmallStudy.run(["log", fresh]).split(separator: "\n").count == 2)
        let again = try SmallStudy.run([study, "--replay", log, "--frame", "80x24"])
        #expect(again == typed)
    }

    @Test func logsOfOtherDataAndBrokenLinesAreRefusedInOneSentence() throws {
        let small = try SmallStudy(units: 500)
        let other = try SmallStudy(units: 600)
        let log = small.folder.appendingPathComponent("log.jsonl")
        _ = try SmallStudy.run(["log", other.fitted, "-o", log.path])
        let terminal = try small.open(small.fitted, ["--replay", log.path])
        #expect(try terminal.waitForExit(timeout: 60) == .exited(65))
        #expect(terminal.received().contains("other data or another spec"))
        try Data("{\"log\":1,\"study\":\"s\",\"inputs\":\"0\"}\nnonsense\n".utf8).write(to: log)
        let broken = try small.open(small.fitted, ["--replay", log.path], size: (200, 24))
        #expect(try broken.waitForExit(timeout: 60) == .exited(65))
        #expect(broken.received().contains("log.jsonl:2: this is not an entry of a log"))
    }

    @Test func aSecondOpenerIsOfferedACopy() throws {
        let small = try SmallStudy()
        let study = try small.copy("s")
        let first = try small.open(study)
        try first.waitFor("0 cand", timeout: 60)
        first.type("\u{1B}4lla")
        try first.waitFor("added candidate A", timeout: 60)

        let refusing = try small.open(study, size: (200, 24))
        try refusing.waitFor("is open elsewhere. Open a copy of it", timeout: 60)
        refusing.type("n\r")
        #expect(try refusing.waitForExit(timeout: 60) == .exited(66))

        let second = try small.open(study, size: (160, 40))
        try second.waitFor("[y/n]", timeout: 60)
        second.type("y\r")
        try second.waitFor("1 cand", timeout: 60)
        #expect(second.screen.contains("[4 Policy]"))
        second.type("a")
        second.type("q")
        #expect(try second.waitForExit(timeout: 60) == .exited(0))

        #expect(try small.frame(study, ["--copy"]).contains("1 cand"))
        first.type("q")
        #expect(try first.waitForExit(timeout: 60) == .exited(0))
        let names = try FileManager.default.contentsOfDirectory(atPath: small.folder.path)
        #expect(names.contains("s-copy.espalier") && names.contains("s-copy-2.espalier"))
    }
}
