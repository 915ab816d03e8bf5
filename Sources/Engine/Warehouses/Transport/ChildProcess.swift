import Foundation
import Runtime
import Synchronization

/// A command that runs beside us, in a process group of its own: a script on its standard input, bytes from its standard output.
///
/// It is killed when nobody refers to it any more, when the work is cancelled, and when it has been silent too long: a child of the
/// engine was once seen to hang without an end.
final class ChildProcess {
    private let process: pid_t
    private let output: Int32
    /// What it writes to standard error, in a file without a name.
    private let complaints: Int32
    private let silence: Duration
    private var ending: Ending?

    private static let complaintLimit = 1 << 16

    /// How it ended.
    struct Ending {
        /// The exit status; nil where a signal ended it.
        let status: Int32?
        let signal: Int32?
        let complaints: String

        var isSuccess: Bool { status == 0 }
    }

    /// Thrown where the command was silent for too long; it is dead then.
    struct Silent: Error {
        let seconds: Int
    }

    /// - Parameters:
    ///   - path: the command.
    ///   - script: what it reads from standard input.
    ///   - silence: how long it may write nothing.
    /// - Throws: `EspalierError(.noInput)` where it cannot be started.
    init(_ path: String, arguments: [String], script: String, silence: Duration) throws {
        self.silence = silence
        let input = try UnnamedFile.make(holding: script, for: path)
        defer { close(input) }
        complaints = try UnnamedFile.make(withRoomFor: Self.complaintLimit, for: path)
        do {
            (process, output) = try Self.start(path, arguments, input: input, complaints: complaints)
        } catch {
            close(complaints)
            throw error
        }
    }

    deinit {
        stop()
        close(output)
        close(complaints)
    }

    /// The next bytes of its output; 0 at the end.
    /// - Throws: `CancellationError`, within a tenth of a second; `Silent`.
    func read(into buffer: UnsafeMutableRawBufferPointer, cancellation: Cancellation) throws -> Int {
        let start = ContinuousClock.now
        var descriptor = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
        while true {
            if cancellation.isCancelled {
                stop()
                throw CancellationError()
            }
            let ready = poll(&descriptor, 1, 100)
            if ready > 0 {
                let count = Foundation.read(output, buffer.baseAddress, buffer.count)
                if count >= 0 { return count }
                guard errno == EINTR || errno == EAGAIN else { return 0 }
            }
            if ContinuousClock.now - start > silence {
                stop()
                throw Silent(seconds: Int(silence / .seconds(1)))
            }
        }
    }

    /// Waits for the end, which is near once its output has ended.
    func finish() -> Ending {
        if let ending { return ending }
        let made = reap()
        ending = made
        return made
    }

    /// Kills it and all that it has started.
    private func stop() {
        guard ending == nil else { return }
        kill(-process, SIGKILL)
        ending = reap()
    }

    private func reap() -> Ending {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 { guard errno == EINTR else { break } }
        // The macros of wait(2), which Swift does not import.
        let signal = status & 0x7f
        return Ending(
            status: signal == 0 ? (status >> 8) & 0xff : nil, signal: signal == 0 ? nil : signal,
            complaints: UnnamedFile.text(of: complaints, limit: Self.complaintLimit))
    }

    // MARK: Starting

    /// Held while a pipe is open that is not yet closed to children: a second child that kept it would keep its reader waiting.
    private static let starting = Mutex(())

    private static func start(
        _ path: String, _ arguments: [String], input: Int32, complaints: Int32
    ) throws -> (process: pid_t, output: Int32) {
        try starting.withLock { _ in
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else { throw cannotStart(path, errno) }
            defer { close(ends[1]) }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            do {
                return (try spawn(path, arguments, input: input, output: ends[1], error: complaints), ends[0])
            } catch {
                close(ends[0])
                throw error
            }
        }
    }

    private static func spawn(
        _ path: String, _ arguments: [String], input: Int32, output: Int32, error: Int32
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, error, STDERR_FILENO)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // What we ignore, such as a full disk's signal and Ctrl-C's, ends a child.
        var signals = sigset_t()
        sigemptyset(&signals)
        for signal in [SIGPIPE, SIGXFSZ, SIGINT, SIGTERM] { sigaddset(&signals, signal) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF))
        var process: pid_t = 0
        let environment = ProcessInfo.processInfo.environment.map { "\($0)=\($1)" }
        let code = withCStrings([path] + arguments) { words in
            withCStrings(environment) { posix_spawn(&process, path, &actions, &attributes, words, $0) }
        }
        guard code == 0 else { throw cannotStart(path, code) }
        return process
    }

    private static func withCStrings<Result>(
        _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = texts.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }

    private static func cannotStart(_ path: String, _ code: Int32) -> EspalierError {
        EspalierError(
            .noInput, "the command cannot be started: \(String(cString: strerror(code)))", file: path,
            remedy: "install it again")
    }
}
