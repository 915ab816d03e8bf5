/// A colour as a terminal is told it.
package enum Colour: Sendable, Hashable {
    /// Whatever the terminal writes with, or on.
    case terminalDefault
    /// 0 to 15.
    case ansi(UInt8)
    /// 0 to 255.
    case indexed(UInt8)
    case rgb(RGB)
}
