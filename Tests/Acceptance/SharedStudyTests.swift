import Foundation
import Testing
import VirtualTerminal

/// A study in the workbench, in a real terminal, while other processes ask for it or put others in its place.
@Suite struct SharedStudyTests {
    /// Ten readers at once, while sliders turn: all answer the same, every step is shown, and none waits for a reader.
    @Test func readersAnswerWhileSlidersTurn() throws {
        let small = try SmallStudy(units: 800)
        let study = try small.copy("s")
        let expected = try SmallStudy.run(["evaluate", study, "--format", "json"])
        let terminal = try small.open(study)
        try terminal.waitFor("0 cand", timeout: 60)
        terminal.type("4")
        try terminal.waitFor("[4 Policy]")
        let readers = try (0..<10).map { _ in try Reader(["evaluate", study, "--format", "json"]) }
        var waits: [Duration] = []
        while readers.contains(where: \.isRunning) || waits.count < 20 {
            let isUp = waits.count.isMultiple(of: 2)
            let start = ContinuousClock.now
            terminal.type(isUp ? "l" : "h")
            // What the key did, in full: a busy machine may show a line half drawn.
            try terminal.waitUntil("what the key did", timeout: 20) {
                let line = $0.screen.lines[22].trimmingCharacters(in: .whitespaces)
                return isUp ? line.contains(" 0 → ") : line.hasSuffix(" → 0")
            }
            waits.append(ContinuousClock.now - start)
            _ = terminal.listen(seconds: 0.02)
        }
        for reader in readers { #expect(try reader.answer() == expected) }
        let steps = waits.count
        waits.sort()
        print(
            "sliders beside ten readers: median \(waits[steps / 2]), p99 \(waits[steps * 99 / 100]), most \(waits[steps - 1])"
        )
        // Whoever waits for a lock of another process waits for much longer than for its turn on a busy machine.
        #expect(waits[steps / 2] < .seconds(1))
        // Whoever would write is told who has it, and what there is to do.
        let refused = try Reader(["front", study, "--evaluations", "10"])
        let sentence = try refused.failure()
        #expect(sentence.contains("(process \(terminal.process)); close it there"), "\(sentence)")
        let copy = small.folder.appendingPathComponent("copied.espalier").path
        _ = try SmallStudy.run(["copy", study, copy])
        terminal.type("q")
        #expect(try terminal.waitForExit() == .exited(0))
        let log = try SmallStudy.run(["log", study])
        #expect(log.components(separatedBy: "\"turn\"").count - 1 == steps)
        #expect(try SmallStudy.run(["log", copy]).components(separatedBy: "\"turn\"").count - 1 == steps)
    }

    /// Work, kill -9, another study copied over the first: the second opens whole, and is not written to.
    @Test func anotherStudyCopiedOverAKilledOneIsWhole() throws {
        let small = try SmallStudy(units: 800)
        let other = try SmallStudy(units: 600)
        let study = try small.copy("s")
        let terminal = try small.open(study)
        try terminal.waitFor("0 cand", timeout: 60)
        terminal.type("4lla")
        try terminal.waitFor("1 cand", timeout: 60)
        terminal.type("llllll")
        try terminal.waitUntil("six steps") { $0.screen.lines[22].contains("→") }
        terminal.signal(SIGKILL)
        #expect(try terminal.waitForExit() == .signalled(SIGKILL))
        let bytes = try Data(contentsOf: URL(fileURLWithPath: other.fitted))
        let handle = try #require(FileHandle(forWritingAtPath: study))
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: bytes)
        try handle.close()
        #expect(try small.frame(study).contains("600 units"))
        #expect(try SmallStudy.run(["evaluate", study]) == SmallStudy.run(["evaluate", other.fitted]))
    }
}

/// A command that runs beside others.
private final class Reader {
    private let process = Process()
    private let out: URL
    private let errors: URL

    init(_ arguments: [String]) throws {
        let folder = FileManager.default.temporaryDirectory
        out = folder.appendingPathComponent(UUID().uuidString)
        errors = folder.appendingPathComponent(UUID().uuidString)
        process.executableURL = URL(fileURLWithPath: try BuiltProduct.path("espalier"))
        process.arguments = arguments
        for (url, isError) in [(out, false), (errors, true)] {
            _ = FileManager.default.createFile(atPath: url.path, contents: nil)
            let handle = try FileHandle(forWritingTo: url)
            if isError { process.standardError = handle } else { process.standardOutput = handle }
        }
        process.standardInput = FileHandle(forReadingAtPath: "/dev/null")
        try process.run()
    }

    deinit {
        for url in [out, errors] { try? FileManager.default.removeItem(at: url) }
    }

    var isRunning: Bool { process.isRunning }

    func answer() throws -> String {
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return try String(contentsOf: out, encoding: .utf8)
    }

    func failure() throws -> String {
        process.waitUntilExit()
        #expect(process.terminationStatus == 66)
        return try String(contentsOf: errors, encoding: .utf8)
    }
}
