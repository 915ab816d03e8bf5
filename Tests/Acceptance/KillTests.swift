import Foundation
import GRDB
import Mutations
import Testing
import VirtualTerminal

/// kill -9 at random moments of a scripted session: whatever had been shown as done is there again.
@Suite struct KillTests {
    /// Steps of a knob and candidates, so that every key brings a message nobody else brings.
    private static let script = Array("llalalallalalallaalallalalal")

    @Test func whatWasShownAsDoneSurvivesKills() throws {
        let small = try SmallStudy(units: 800)
        let messages = try Self.script.indices.map { count in
            Self.message(try small.frame(small.copy("plain\(count)"), keys: "4" + String(Self.script[...count])))
        }
        try #require(Set(messages).count > Self.script.count * 3 / 4, "\(messages)")
        var seed: UInt64 = 9
        var shownAtAll = 0
        for round in 0..<NightlyMode.scale(25, nightly: 100) {
            let study = try small.copy("kill\(round)")
            let terminal = try small.open(study)
            try terminal.waitFor("0 cand", timeout: 60)
            terminal.type("4")
            let typed = 1 + Self.random(Self.script.count, &seed)
            for key in Self.script[..<typed] {
                terminal.type(String(key))
                _ = terminal.listen(seconds: Double(Self.random(25, &seed)) / 1000)
            }
            terminal.signal(SIGKILL)
            #expect(try terminal.waitForExit() == .signalled(SIGKILL))
            let shown = messages[..<typed].lastIndex(of: Self.message(terminal.screen.text)).map { $0 + 1 } ?? 0
            shownAtAll += shown
            let kept = try SmallStudy.run(["log", study])
            let steps = kept.components(separatedBy: "\"turn\"").count - 1
            let stepsShown = Self.script[..<shown].count { $0 == "l" }
            #expect(steps >= stepsShown, "round \(round): \(stepsShown) steps were shown, \(steps) kept")
            // A candidate is done once the header counts it: that may be after the next key.
            let added = kept.components(separatedBy: "\"candidate.add\"").count - 1
            let counted = Self.candidates(terminal.screen.text)
            #expect(added >= counted, "round \(round): \(counted) candidates were shown, \(added) kept")
            // The state itself, not only the log: the knob stands where the last kept step put it.
            let reopened = try small.frame(study)
            #expect(reopened.contains("[4 Policy]") || typed == 0 || shown == 0)
            #expect(Self.candidates(reopened) >= counted)
            if let value = Self.value(afterSteps: steps, messages) { #expect(reopened.contains(" \(value) ")) }
            #expect(try Self.integrity(of: study) == "ok")
            for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: study + suffix) }
        }
        #expect(shownAtAll > 50)
    }

    /// SQLite's own word on the whole file.
    private static func integrity(of study: String) throws -> String? {
        let queue = try DatabaseQueue(path: study)
        defer { try? queue.close() }
        return try queue.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") }
    }

    /// The line that says what the last key did.
    private static func message(_ frame: String) -> String {
        let lines = frame.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.count > 22 ? lines[22].trimmingCharacters(in: .whitespaces) : ""
    }

    /// How many candidates the header counts.
    private static func candidates(_ frame: String) -> Int {
        guard let end = frame.range(of: " cand") else { return 0 }
        return Int(frame[..<end.lowerBound].split(separator: " ").last ?? "") ?? 0
    }

    /// What the knob was said to be turned to by that many steps.
    private static func value(afterSteps steps: Int, _ messages: [String]) -> String? {
        let turns = messages.filter { $0.contains("→") }
        guard steps > 0, steps <= turns.count else { return nil }
        return turns[steps - 1].components(separatedBy: "→").last?.split(separator: " ").first.map(String.init)
    }

    private static func random(_ bound: Int, _ seed: inout UInt64) -> Int {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(seed >> 33) % bound
    }
}
