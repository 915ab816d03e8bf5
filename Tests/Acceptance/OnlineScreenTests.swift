import Foundation
import Testing
import VirtualTerminal

/// The loop of an online test by keys in a terminal, with users that the built binary plays.
@Suite struct OnlineScreenTests {
    @Test func theWholeLoopByKeys() throws {
        let small = try SmallStudy()
        let study = try small.copy("s")
        func path(_ name: String) -> String { small.folder.appendingPathComponent(name).path }
        let terminal = try small.open(
            study, environment: ["XDG_STATE_HOME": small.folder.path], size: (120, 40))
        /// A line is emptied before it is typed.
        func answer(_ text: String) { terminal.type("\u{15}\(text)\r") }
        try terminal.waitFor("0 candidates", timeout: 60)
        terminal.type("9")
        try terminal.waitFor("DO USERS DO WHAT THE LOG PROMISED?", timeout: 60)
        try terminal.waitFor("nothing is picked yet: 5 shows the front")
        terminal.type("5s")
        try terminal.waitFor("shown", timeout: 120)
        terminal.type("K")
        answer("2")
        try terminal.waitFor("y picks them")
        terminal.type("y")
        try terminal.waitFor("2/2 picks", timeout: 60)
        terminal.type("9=")
        answer("500 slice=0.05 retention_90=maximize")
        try terminal.waitFor("the next plan gives every policy 500 users")
        terminal.type("p")
        answer(path("first.json"))
        try terminal.waitFor("PLAN 1", timeout: 60)
        _ = try SmallStudy.run(["simulate", "online", path("first.json"), "-o", path("first.csv"), "--seed", "1"])
        terminal.type("r")
        answer(path("first.csv"))
        try terminal.waitFor("round 1 is read", timeout: 60)
        try terminal.waitFor("retention_90 ↑")
        terminal.type("n")
        try terminal.waitFor("of the front's hypervolume", timeout: 300)
        terminal.type("p")
        answer(path("second.json"))
        try terminal.waitFor("PLAN 2", timeout: 60)
        _ = try SmallStudy.run(["simulate", "online", path("second.json"), "-o", path("second.csv"), "--seed", "2"])
        terminal.type("r")
        answer(path("second.csv"))
        try terminal.waitFor("round 2 is read", timeout: 60)
        try terminal.waitUntil("both rounds") { $0.screen.contains(" 1 ") && $0.screen.contains("[2 ") }
        // What was read can be taken back, and counts again.
        terminal.type("d")
        try terminal.waitFor("round 2 is taken back")
        terminal.type("u")
        try terminal.waitFor("undone: take back round 2")
        terminal.type("n")
        try terminal.waitFor("the next round has", timeout: 300)
        terminal.type("l")
        answer("0.04 days=30 users=18000")
        answer(path("policy.json"))
        try terminal.waitFor("is launched with 4.0% held out", timeout: 60)
        _ = try SmallStudy.run([
            "simulate", "online", path("policy.json"), "-o", path("log.csv"), "--days", "30", "--units", "18000",
            "--loss", "1", "--seed", "5",
        ])
        terminal.type("w")
        answer(path("log.csv"))
        try terminal.waitFor("ALARM: take the policy back", timeout: 120)
        #expect(terminal.screen.contains("the policy surely loses in sessions against its holdout, since day"))
        terminal.type("q")
        #expect(try terminal.waitForExit(timeout: 60) == .exited(0))
        let log = try SmallStudy.run(["log", study])
        let kinds = ["online.plan", "online.read", "online.next", "online.withdraw", "online.launch"]
        #expect(kinds.map { log.components(separatedBy: "\"\($0)\"").count - 1 } == [2, 2, 2, 1, 1])
        // Commands go on where the keys ended.
        let again = try SmallStudy.run(["online", "read", study, path("second.csv"), "--format", "json"])
        #expect(again.contains("\"round\" : 2") || again.contains("\"round\":2"))
    }
}
