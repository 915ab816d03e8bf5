import CTerminalGuard

/// Wakes the loop that waits in `TerminalSession.nextEvent()`; any thread may hold and use one, also after the end.
package struct Waker: Sendable {
    let pipe: WakePipe

    /// Makes the loop return `.wake`, soon and at least once for all calls before it.
    package func wake() {
        guard_write_byte(pipe.writeEnd, CChar(GUARD_WAKE))
    }
}
