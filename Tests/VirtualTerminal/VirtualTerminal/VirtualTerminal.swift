import CPty
import Foundation

/// A program in a terminal of its own, with a person (the test) at the keyboard and before the screen.
///
/// Nothing here sleeps: every `wait` reads what the program writes until the condition holds or the time is up. Not
/// `Sendable`: one test holds one.
package final class VirtualTerminal {
    package static let patience = 10.0

    /// All that the program has written.
    package private(set) var bytesReceived: [UInt8] = []
    package let process: pid_t
    private var controller: Int32
    private let emulator: Emulator
    private var status: ExitStatus?

    /// Starts a program; its environment is exactly what is given here.
    package init(
        executable: String, arguments: [String] = [],
        environment: [String: String] = ["TERM": "xterm-256color", "LC_ALL": "C.UTF-8"],
        size: (width: Int, height: Int) = (80, 24)
    ) throws {
        emulator = Emulator(width: size.width, height: size.height)
        var environment = environment
        environment["PATH"] = environment["PATH"] ?? "/usr/bin:/bin"
        environment["HOME"] = environment["HOME"] ?? "/"
        var argv = ([executable] + arguments).map { strdup($0) } + [nil]
        var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in argv + envp { free(text) } }
        var controller: Int32 = -1
        process = pty_start(executable, &argv, &envp, Int32(size.height), Int32(size.width), &controller)
        self.controller = controller
        guard process > 0 else {
            throw VirtualTerminalError(description: "cannot start \(executable): \(String(cString: strerror(errno)))")
        }
    }

    deinit {
        if status == nil {
            kill(process, SIGKILL)
            waitpid(process, nil, 0)
        }
        if controller >= 0 { close(controller) }
    }

    package var screen: Screen { emulator.snapshot() }
    package var isAltScreen: Bool { emulator.isAltScreen }
    package var isCursorVisible: Bool { emulator.isCursorVisible }
    package var modes: TerminalModes { TerminalModes(controller: controller) }

    /// What the program has written, as text, from byte `start` on.
    package func received(from start: Int = 0) -> String {
        String(decoding: bytesReceived.dropFirst(start), as: UTF8.self)
    }

    /// Types characters as they are; an application's arrow keys are `\u{1B}OA` to `\u{1B}OD`.
    package func type(_ text: String) { send(Array(text.utf8)) }

    package func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty, controller >= 0 {
            let count = rest.withUnsafeBytes { write(controller, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                pump(milliseconds: 10)
            } else if errno != EINTR {
                return
            }
        }
    }

    package func resize(width: Int, height: Int) {
        emulator.resize(width: width, height: height)
        tellSize(width: width, height: height)
    }

    /// Tells the program of a size, any size, without the screen's having it: libvterm 0.1.4 falls over some.
    package func tellSize(width: Int, height: Int) { _ = pty_resize(controller, Int32(height), Int32(width)) }

    /// Processor time the program has used, in clock ticks, from /proc.
    package func processorTicks() throws -> Int {
        guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            let end = text.lastIndex(of: ")")
        else { throw VirtualTerminalError(description: "process \(process) has no statistics") }
        // After the name, which may hold blanks: state is field 3, user and system time are 14 and 15.
        let fields = text[end...].split(separator: " ").dropFirst().compactMap { Int($0) }
        return fields.count > 11 ? fields[10] + fields[11] : 0
    }

    /// Sends a signal to the program.
    package func signal(_ number: Int32) { kill(process, number) }

    /// Closes the test's end, as when a connection breaks.
    package func hangUp() {
        close(controller)
        controller = -1
    }

    /// Waits until the screen shows `text` in one row.
    package func waitFor(_ text: String, timeout: Double = patience) throws {
        try waitUntil("'\(text)' on the screen", timeout: timeout) { $0.screen.contains(text) }
    }

    /// Waits until a condition holds; it is asked again whenever the program has written.
    package func waitUntil(
        _ what: String = "the condition", timeout: Double = patience, _ holds: (VirtualTerminal) -> Bool
    ) throws {
        let deadline = Self.now() + timeout
        while !holds(self) {
            guard Self.now() < deadline else {
                throw VirtualTerminalError(description: "no \(what) in \(timeout) s; the screen is\n\(screen.text)")
            }
            pump(milliseconds: 20)
        }
    }

    /// Waits until the program has ended.
    package func waitForExit(timeout: Double = patience) throws -> ExitStatus {
        let deadline = Self.now() + timeout
        while true {
            if let status { return status }
            var code: Int32 = -1
            var signal: Int32 = -1
            if pty_ended(process, &code, &signal) == 1 {
                status = signal >= 0 ? .signalled(signal) : .exited(code)
                // What was written last reaches this side a moment after the end.
                while pump(milliseconds: 50) {}
                continue
            }
            guard Self.now() < deadline else {
                throw VirtualTerminalError(description: "no end in \(timeout) s; the screen is\n\(screen.text)")
            }
            pump(milliseconds: 5)
        }
    }

    /// Reads for this long; returns how many bytes the program wrote meanwhile.
    package func listen(seconds: Double) -> Int {
        let before = bytesReceived.count
        let deadline = Self.now() + seconds
        while Self.now() < deadline { pump(milliseconds: 10) }
        return bytesReceived.count - before
    }

    /// Takes what there is to read, waiting at most so long for it; false if there was nothing.
    @discardableResult
    private func pump(milliseconds: Int32) -> Bool {
        var descriptor = pollfd(fd: controller, events: Int16(POLLIN), revents: 0)
        guard poll(&descriptor, 1, milliseconds) > 0, Int32(descriptor.revents) & POLLIN != 0 else {
            // A terminal without programs is ready at once, for ever.
            if Int32(descriptor.revents) & POLLHUP != 0 { poll(nil, 0, milliseconds) }
            return false
        }
        var block = [UInt8](repeating: 0, count: 65536)
        let count = read(controller, &block, block.count)
        guard count > 0 else { return false }
        let bytes = Array(block[..<count])
        bytesReceived += bytes
        let answer = emulator.feed(bytes)
        if !answer.isEmpty { send(answer) }
        return true
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
