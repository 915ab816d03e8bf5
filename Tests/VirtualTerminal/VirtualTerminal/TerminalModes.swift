import Glibc

/// A terminal's modes (termios), for comparing what a program leaves with what it found.
package struct TerminalModes: Sendable, Hashable {
    package let input: UInt32
    package let output: UInt32
    package let control: UInt32
    package let local: UInt32

    /// The modes of the terminal at the other end of a pseudo-terminal; all 0 if it is gone.
    init(controller: Int32) {
        var modes = termios()
        tcgetattr(controller, &modes)
        input = modes.c_iflag
        output = modes.c_oflag
        control = modes.c_cflag
        local = modes.c_lflag
    }

    package var isCanonical: Bool { local & UInt32(ICANON) != 0 }
    package var echoes: Bool { local & UInt32(ECHO) != 0 }
    /// Whether Ctrl-C and Ctrl-Z are signals.
    package var hasSignalKeys: Bool { local & UInt32(ISIG) != 0 }
}
