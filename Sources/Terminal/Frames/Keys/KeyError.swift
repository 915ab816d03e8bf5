/// A mistake in keys written out as text.
package struct KeyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// One sentence: where, what, remedy.
    package let message: String

    package var description: String { message }
}
