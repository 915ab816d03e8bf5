/// Why there is no terminal to work in.
package struct TerminalError: Error, Sendable, Hashable, CustomStringConvertible {
    /// One sentence: what, where, remedy.
    package let message: String

    package var description: String { message }
}
