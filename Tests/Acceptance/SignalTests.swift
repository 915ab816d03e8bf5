import Foundation
import Testing
import VirtualTerminal

/// Signals that end the workbench: in time, and with the terminal as it was.
@Suite struct SignalTests {
    /// The terminal has stopped reading, as one behind a broken connection does.
    @Test(arguments: [SIGTERM, SIGHUP]) func aTerminalThatDoesNotReadHoldsUpNoSignal(signal: Int32) throws {
        let small = try SmallStudy(units: 600)
        let study = try small.copy("s")
        let terminal = try small.open(study, size: (200, 60))
        let modes = terminal.modes
        try terminal.waitFor("0 cand", timeout: 60)
        terminal.type("4l")
        try terminal.waitFor("→")
        // Frames enough to fill what the kernel holds for the terminal.
        for _ in 0..<120 {
            terminal.type("\u{0C}")
            usleep(10_000)
        }
        terminal.signal(signal)
        let deadline = Date(timeIntervalSinceNow: 5)
        while !Self.hasEnded(terminal.process), Date() < deadline { usleep(20_000) }
        let late = 5 - deadline.timeIntervalSinceNow
        #expect(late < 1.5, "it took \(late) s")
        #expect(try terminal.waitForExit(timeout: 10) == .exited(0))
        #expect(terminal.modes == modes)
        #expect(try SmallStudy.run(["log", study]).contains("\"turn\""))
    }

    @Test(arguments: [SIGUSR1, SIGALRM, SIGXCPU, SIGPIPE, SIGVTALRM])
    func anySignalThatEndsItRestoresTheTerminal(signal: Int32) throws {
        let small = try SmallStudy(units: 600)
        let terminal = try small.open(try small.copy("s"))
        let modes = terminal.modes
        try terminal.waitFor("0 cand", timeout: 60)
        terminal.signal(signal)
        #expect(try terminal.waitForExit(timeout: 30) == .signalled(signal))
        #expect(!terminal.isAltScreen && terminal.modes == modes)
    }

    /// Whether a child has ended, without taking what it wrote or its status.
    private static func hasEnded(_ process: pid_t) -> Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            let end = status.lastIndex(of: ")")
        else { return true }
        return status[end...].dropFirst(2).first == "Z"
    }
}
