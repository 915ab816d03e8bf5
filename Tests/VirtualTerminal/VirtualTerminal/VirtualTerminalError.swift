/// What the test waited for did not come.
package struct VirtualTerminalError: Error, Sendable, CustomStringConvertible {
    package let description: String
}
