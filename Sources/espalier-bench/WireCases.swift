import Foundation
import Runtime
import Simulation
import Studies
import VirtualTerminal

/// What a session costs on the wire, over a real sshd on the loopback interface: `espalier-bench wire`.
enum WireCases {
    private static let presses = 240

    static func run() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("espalier-bench-wire-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Scenario.named("notifications").write(to: folder.path)
        let study = folder.appendingPathComponent("sample.espalier").path
        let fit = try StudyFit.run(
            specPath: folder.appendingPathComponent("experiment.yaml").path, context: RunContext())
        _ = try Study.create(at: study, fit: fit, workers: Workers())

        let server = try LoopbackServer()
        let terminal = try server.session(
            "env HOME=\(folder.path) LC_ALL=C.UTF-8 \(try BuiltProduct.path("espalier")) \(study)")
        try terminal.waitFor("0 cand", timeout: 60)
        terminal.type("4")
        try terminal.waitFor("effective sample", timeout: 60)
        settle(terminal)

        print("espalier-bench wire: a session over sshd on the loopback interface, 80x24, 40000 units")
        var terminalBytes: [Int] = []
        var wireBytes: [Int] = []
        for press in 0..<presses {
            let (written, sent) = (terminal.bytesReceived.count, server.bytesFromServer)
            terminal.type(press % 40 < 20 ? "l" : "h")
            settle(terminal)
            terminalBytes.append(terminal.bytesReceived.count - written)
            wireBytes.append(server.bytesFromServer - sent)
        }
        add("slider step, bytes written to the terminal", terminalBytes)
        add("slider step, bytes on the wire (TCP payload)", wireBytes)
        let sent = server.bytesFromServer
        let idle = terminal.listen(seconds: 5)
        print("idle for 5 s: \(idle) bytes written to the terminal, \(server.bytesFromServer - sent) on the wire")
        terminal.type("q")
        _ = try terminal.waitForExit()
    }

    /// Reads until nothing has come for a while: a step's frames come one after another.
    private static func settle(_ terminal: VirtualTerminal) {
        _ = terminal.listen(seconds: 0.1)
        while terminal.listen(seconds: 0.1) > 0 {}
    }

    private static func add(_ name: String, _ bytes: [Int]) {
        let sorted = bytes.sorted()
        print(
            "\(name.padding(toLength: 46, withPad: " ", startingAt: 0)) median \(sorted[sorted.count / 2]), "
                + "p99 \(sorted[sorted.count * 99 / 100]), most \(sorted.last ?? 0)")
    }
}
