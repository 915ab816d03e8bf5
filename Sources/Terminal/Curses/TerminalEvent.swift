import Frames

/// What may happen while the terminal is open.
package enum TerminalEvent: Sendable, Hashable {
    case key(Key)
    /// Text that the user pasted; it must not be taken for key presses.
    case paste(String)
    /// The mouse, where it was asked for.
    case pointer(PointerEvent)
    /// The terminal has another size; present a frame of that size.
    case resize(width: Int, height: Int)
    /// Someone called `Waker.wake()`.
    case wake
    /// The process was suspended and is in the foreground again; present a frame.
    case resumed
    /// SIGTERM: save and end.
    case terminate
    /// The terminal is gone (SIGHUP or end of input): save and end. Comes again at every further call.
    case hangup
}
