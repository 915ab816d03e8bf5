/// What a theme makes of a style at one colour depth: all a terminal needs to draw a cell.
package struct Appearance: Sendable, Hashable {
    package var foreground: Colour
    package var background: Colour
    package var flags: Style.Flags

    package init(foreground: Colour = .terminalDefault, background: Colour = .terminalDefault, flags: Style.Flags = [])
    {
        self.foreground = foreground
        self.background = background
        self.flags = flags
    }
}
