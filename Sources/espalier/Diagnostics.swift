import Foundation
import Runtime
import Synchronization
import Texts

/// What is said on standard error, beside the results. Whether anybody can hear it changes nothing else.
enum Diagnostics {
    /// How much is said beside results, warnings and errors.
    enum Volume {
        case quiet, usual, verbose
    }

    private static let chosen = Mutex(Volume.usual)
    private static let start = ContinuousClock.now

    static var volume: Volume {
        get { chosen.withLock { $0 } }
        set { chosen.withLock { $0 = newValue } }
    }

    /// What was done, for whoever did not ask for quiet.
    static func note(_ sentence: String) {
        if volume != .quiet { write("espalier: \(sentence).\n") }
    }

    /// What is being done, for whoever asked to be told, with the seconds since the start.
    static func detail(_ sentence: String) {
        guard volume == .verbose else { return }
        write("espalier: \(NumberText.fixed((ContinuousClock.now - start) / .seconds(1), 2)) s: \(sentence)\n")
    }

    /// Writes without a line break, control characters shown as the screen shows them; a closed or full standard error is no
    /// error of the command's.
    static func write(_ text: String) { send(DisplayText.escapedLines(text)) }

    /// Writes what is meant to steer the terminal.
    static func send(_ text: String) { _ = AtomicFile.fill(STDERR_FILENO, with: Data(text.utf8)) }

    /// Takes the places of standard streams that were closed by the caller, so that no file that is opened later stands in them
    /// and gets what is meant for a person. Writing to such a place, or reading from it, fails as it would on a closed one.
    static func occupyStandardStreams() {
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
            _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }
}
