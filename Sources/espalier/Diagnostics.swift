import Foundation
import Runtime
import Texts

/// What is said on standard error, beside the results. Whether anybody can hear it changes nothing else.
enum Diagnostics {
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
